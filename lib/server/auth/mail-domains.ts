/** Providers with a name of their own in many countries. */
const FAMILIES = /^(gmx|hotmail|live|outlook|windowslive|yahoo|yandex|ymail)\.[a-z.]+$/;

/** Where anybody can have an address: nobody's own, so no team can be open to all of it. */
const PUBLIC = new Set(
  `aim.com aol.com au.com bigpond.com biglobe.ne.jp bk.ru btinternet.com comcast.net daum.net dion.ne.jp docomo.ne.jp
  disroot.org duck.com excite.co.jp ezweb.ne.jp fastmail.com fastmail.fm freenet.de gmail.com goo.jp googlemail.com
  guerrillamail.com hanmail.net hey.com hushmail.com i.softbank.jp icloud.com inbox.ru infoseek.jp jcom.home.ne.jp
  laposte.net libero.it list.ru mac.com mail.com mail.goo.ne.jp mail.ru mailbox.org mailinator.com me.com msn.com
  naver.com nifty.com nate.com ocn.ne.jp orange.fr outlook.com pm.me plala.or.jp posteo.de proton.me protonmail.ch
  protonmail.com qq.com rakuten.jp rediffmail.com relay.firefox.com rocketmail.com sbcglobal.net sina.com so-net.ne.jp
  softbank.ne.jp t-online.de tuta.com tuta.io tutanota.com uol.com.br verizon.net vodafone.ne.jp wanadoo.fr web.de
  willcom.com y7mail.com ybb.ne.jp yeah.net yopmail.com zoho.com zohomail.com 10minutemail.com 126.com 163.com
  1und1.de`.split(/\s+/),
);

/** The domain of an address as accounts know it. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1);

/** Whether anybody can have an address in a domain. */
export const isPublicMailDomain = (domain: string): boolean => PUBLIC.has(domain) || FAMILIES.test(domain);
