// Servers and browsers speak of bytes in different ways; options and answers travel as base64url.
const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const known = (credentials) => credentials?.map((each) => ({ ...each, id: bytes(each.id) }));

export const areThere = () => "PublicKeyCredential" in window && "credentials" in navigator;

const cancelled = { done: false, outcome: "cancelled" };
const failed = { done: false, outcome: "failed" };

async function post(path, content) {
    const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(content),
    });
    const isAnswer = !response.redirected && response.headers.get("Content-Type")?.startsWith("application/json");
    return isAnswer ? { isFine: response.ok, content: await response.json() } : null;
}

function answerOf(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
        if (credential.response[name]) {
            response[name] = text(credential.response[name]);
        }
    }

    if (credential.response.getTransports) {
        response.transports = credential.response.getTransports();
    }

    return JSON.stringify({
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        authenticatorAttachment: credential.authenticatorAttachment,
        clientExtensionResults: credential.getClientExtensionResults(),
        response,
    });
}

// Asks the server for a challenge and the person for a passkey that answers it.
async function ask(path, content, answer) {
    const options = await post(path, content);
    if (!options?.isFine) {
        return options ? { done: false, outcome: "refused", ...options.content } : failed;
    }

    try {
        const credential = await answer(options.content);
        return credential ? { done: true, answer: answerOf(credential) } : cancelled;
    } catch (error) {
        // The one error covers closing the browser's question, no passkey being there, and taking too long.
        return error.name === "NotAllowedError" ? cancelled : failed;
    }
}

export const get = (path) =>
    ask(path, {}, (options) =>
        navigator.credentials.get({
            publicKey: {
                ...options,
                challenge: bytes(options.challenge),
                allowCredentials: known(options.allowCredentials),
            },
        }));

const create = (path, name) =>
    ask(path, { name }, (options) =>
        navigator.credentials.create({
            publicKey: {
                ...options,
                challenge: bytes(options.challenge),
                user: { ...options.user, id: bytes(options.user.id) },
                excludeCredentials: known(options.excludeCredentials),
            },
        }));

async function send(asked, path, more) {
    if (!asked.done) {
        return asked;
    }

    const sent = await post(path, { answer: asked.answer, ...more });
    return sent?.isFine ? { done: true } : sent ? { done: false, outcome: "refused", ...sent.content } : failed;
}

export const confirm = async (optionsPath, path) => (areThere() ? send(await get(optionsPath), path) : failed);

export const add = async (optionsPath, path, name) =>
    areThere() ? send(await create(optionsPath, name), path, { name }) : failed;
