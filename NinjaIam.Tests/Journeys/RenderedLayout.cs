using System.Text.Json;
using Microsoft.Playwright;

namespace NinjaIam.Tests.Journeys;

/// <summary>
/// What a look at a page would find: it scrolls sideways, a text stands outside its card or is cut off, two texts cover each other, a word of a
/// table is broken although its column is not for long values, a button cannot be reached.
/// </summary>
internal static class RenderedLayout
{
    private const string LookScript = """
        () => {
            const findings = [];
            const say = (what, text) => findings.push(`${what}: "${text.trim().slice(0, 60)}"`);
            const isSeen = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
                && !element.closest('.hidden-text, caption, select, [data-nosnippet], .skip-link');
            const scrolls = element => { for (let place = element; place && !place.matches('.card, .list, .mud-dialog, main'); place = place.parentElement) if (getComputedStyle(place).overflowX !== 'visible') return true; return false; };
            const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
            if (sideways > 0) findings.push(`the page scrolls sideways by ${sideways} px`);

            const range = document.createRange();
            const texts = [];
            const place = document.querySelector('.mud-dialog') ?? document.body;
            const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const element = node.parentElement;
                if (!node.data.trim() || /script|style/i.test(element.tagName) || !isSeen(element)) continue;
                range.selectNodeContents(node);
                const lines = [...range.getClientRects()].filter(line => line.width > 1 && line.height > 1);
                if (lines.length === 0) continue;
                texts.push({ node, element, lines });

                const card = element.closest('.mud-dialog, .card, .list, .notice, .counts > div, .drawer');
                if (card && !scrolls(element)) {
                    const edge = card.getBoundingClientRect();
                    if (lines.some(line => line.left < edge.left - 1 || line.right > edge.right + 1)) say('outside its card', node.data);
                }

                for (let box = element; box && box !== document.body; box = box.parentElement) {
                    const cuts = getComputedStyle(box).overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1;
                    if (cuts && !box.matches('.list-scroll')) say('cut off', node.data);
                }

                const cell = element.closest('.list-table td');
                if (cell && !cell.classList.contains('list-long')) {
                    for (const word of node.data.matchAll(/\S+/g)) {
                        range.setStart(node, word.index);
                        range.setEnd(node, word.index + word[0].length);
                        if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1 && !word[0].includes('-')) say('a broken word', word[0]);
                    }
                }
            }

            for (const [index, one] of texts.entries()) {
                for (const other of texts.slice(index + 1)) {
                    const covers = one.lines.some(a => other.lines.some(b =>
                        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4));
                    const isAbove = [one, other].some(text => text.element.closest('.top-bar, .mud-dialog-actions, .list-menu, .drawer, .navigation, .mud-popover, .activities-news, [popover], #blazor-error-ui'));
                    if (covers && !isAbove) say('covered', `${one.node.data.trim().slice(0, 28)} / ${other.node.data.trim()}`);
                }
            }

            for (const button of place.querySelectorAll('button, a')) {
                if (!isSeen(button) || scrolls(button)) continue;
                const edge = button.getBoundingClientRect();
                if (edge.width > 0 && (edge.right > document.documentElement.clientWidth + 1 || edge.left < -1)) {
                    say('a button that cannot be reached', button.getAttribute('aria-label') ?? button.textContent);
                }
            }

            return JSON.stringify(findings);
        }
        """;

    /// <summary>Text as it is in a language that needs more room: two fifths longer, in words and not in figures.</summary>
    private const string LengthenScript = """
        () => {
            const walker = document.createTreeWalker(document.querySelector('.mud-dialog') ?? document.body, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (/script|style|code/i.test(node.parentElement.tagName) || node.parentElement.closest('.mono, .copy-value, time')) continue;
                node.data = node.data.replace(/\p{L}{3,}/gu, word => word + 'nesirat'.slice(0, Math.round(word.length * .4)));
            }
        }
        """;

    /// <summary>Everything that is wrong with the page as it stands.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(IPage page) =>
        JsonSerializer.Deserialize<List<string>>(await page.EvaluateAsync<string>(LookScript)) ?? [];

    /// <summary>Makes the words of the page longer, until it is rendered again.</summary>
    public static Task LengthenAsync(IPage page) => page.EvaluateAsync(LengthenScript);
}
