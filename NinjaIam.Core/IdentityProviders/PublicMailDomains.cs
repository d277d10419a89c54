using System.Collections.Frozen;

namespace NinjaIam.Core.IdentityProviders;

/// <summary>Mail services where anybody gets an address, so that nobody may claim their domains for an organization.</summary>
public static class PublicMailDomains
{
    private static readonly FrozenSet<string> Domains = string.Join(
            ' ',
            "gmail.com googlemail.com",
            "outlook.com outlook.at outlook.be outlook.cl outlook.co.id outlook.co.il outlook.co.th outlook.com.ar outlook.com.au",
            "outlook.com.br outlook.com.gr outlook.com.tr outlook.com.vn outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.hu",
            "outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.lv outlook.my outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk",
            "hotmail.com hotmail.at hotmail.be hotmail.ca hotmail.ch hotmail.cl hotmail.co.il hotmail.co.jp hotmail.co.kr hotmail.co.nz",
            "hotmail.co.th hotmail.co.uk hotmail.co.za hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.tr hotmail.com.vn hotmail.cz",
            "hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr hotmail.gr hotmail.hu hotmail.it hotmail.lt hotmail.lv hotmail.my hotmail.nl",
            "hotmail.no hotmail.ph hotmail.rs hotmail.se hotmail.sg hotmail.sk live.com live.at live.be live.ca live.cl live.cn live.co.uk",
            "live.co.za live.com.ar live.com.au live.com.mx live.com.my live.com.pt live.com.sg live.de live.dk live.fi live.fr live.hk live.ie",
            "live.in live.it live.jp live.nl live.no live.ru live.se msn.com passport.com windowslive.com",
            "yahoo.com yahoo.at yahoo.be yahoo.ca yahoo.cl yahoo.cn yahoo.co.id yahoo.co.il yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz",
            "yahoo.co.th yahoo.co.uk yahoo.co.za yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn yahoo.com.co yahoo.com.hk yahoo.com.mx",
            "yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.cz yahoo.de yahoo.dk yahoo.es yahoo.fi yahoo.fr",
            "yahoo.gr yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.pt yahoo.ro yahoo.se ymail.com rocketmail.com",
            "myyahoo.com aol.com aol.co.uk aol.de aol.fr aim.com icloud.com me.com mac.com privaterelay.appleid.com",
            "gmx.com gmx.net gmx.de gmx.at gmx.ch gmx.fr gmx.es gmx.co.uk gmx.us gmx.eu gmx.info gmx.org web.de mail.com email.com",
            "freenet.de t-online.de arcor.de posteo.de posteo.net posteo.org mailbox.org tutanota.com tutanota.de tutamail.com tuta.com tuta.io",
            "keemail.me bluewin.ch hispeed.ch aon.at chello.at proton.me protonmail.com protonmail.ch pm.me fastmail.com fastmail.fm hey.com",
            "hushmail.com zoho.com zohomail.com zohomail.eu mailfence.com runbox.com startmail.com disroot.org riseup.net inbox.com usa.com",
            "orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it alice.it tiscali.it tim.it telenet.be skynet.be",
            "ziggo.nl kpnmail.nl home.nl planet.nl btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com eircom.net telia.com",
            "seznam.cz centrum.cz email.cz post.cz azet.sk centrum.sk wp.pl o2.pl onet.pl onet.eu interia.pl interia.eu op.pl gazeta.pl",
            "abv.bg mail.bg freemail.hu citromail.hu sapo.pt terra.es terra.com.br uol.com.br bol.com.br ig.com.br",
            "mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua",
            "qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn tom.com",
            "naver.com hanmail.net daum.net kakao.com nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp rediffmail.com",
            "comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net",
            "rogers.com shaw.ca sympatico.ca telus.net bigpond.com optusnet.com.au xtra.co.nz",
            "mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org"
        )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <param name="domain">In the form that <see cref="EmailDomain"/> answers.</param>
    public static bool Contains(string domain) => Domains.Contains(domain);
}
