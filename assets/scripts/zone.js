// Says times in the visitor's own zone as well, where it differs from Japan's.
//
//   <body data-zone-words="お使いの地域では {time}">  (any element may carry it, once)

const JAPAN = "Asia/Tokyo";
const words = document.querySelector("[data-zone-words]")?.dataset.zoneWords;

const shown = (zone) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, month: "long", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit", hourCycle: "h23" });

function add(time) {
  const said = time.getAttribute("datetime");
  if (!/T\d\d:\d\d/.test(said)) return;
  // Without an offset the time is Japan's.
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said}+09:00`);
  if (Number.isNaN(at.getTime()) || shown(JAPAN).format(at) === shown(undefined).format(at)) return;
  const local = document.createElement("span");
  local.className = "zone";
  local.textContent = words.replace("{time}", shown(undefined).format(at));
  time.append(local);
}

if (words) document.querySelectorAll("time[datetime]").forEach(add);
