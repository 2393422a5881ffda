// Shows fitting institutions under the field while one types. Without script, or when the network is gone,
// the button beside the field asks for the same list.
//
//   <input id="place" name="place" data-url="/organizations/choices" data-into="place-found">
//   <button data-plain>探す</button>
//   <p role="status" id="place-found-say" class="hush" data-trouble="いまは探せません。…"></p>
//   <div id="place-found">…</div>
//
// The answer to GET data-url?q=… is a piece of a page: what goes into #place-found. Its [data-say] holds the
// words that a screen reader is told ("5件見つかりました").

const WAIT = 250;

/**
 * Fetches a piece of a page. XMLHttpRequest reads it as a document without running anything in it, which
 * needs no exception from the policy on trusted types.
 */
const fetchPiece = (address, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = 8000;
    request.onload = () => (request.status === 200 && request.response ? resolve(request.response.body) : reject(new Error(`${request.status}`)));
    request.onerror = request.ontimeout = () => reject(new Error("unreachable"));
    signal.addEventListener("abort", () => request.abort());
    request.send();
  });

/** @param {HTMLInputElement} input */
function live(input) {
  const into = document.getElementById(input.dataset.into);
  const say = document.getElementById(`${input.dataset.into}-say`);
  const plain = input.closest(".field, form")?.querySelector("[data-plain]");
  if (!into) return;
  let asked = input.value.trim();
  let asking = new AbortController();
  let timer;

  const tell = (words) => {
    if (say) say.textContent = words;
  };

  const show = (piece) => {
    const chosen = into.querySelector("input:checked");
    into.replaceChildren(...[...piece.childNodes].map((node) => document.importNode(node, true)));
    if (chosen) {
      const again = [...into.querySelectorAll("input")].find((choice) => choice.name === chosen.name && choice.value === chosen.value);
      if (again) again.checked = true;
    }
    tell(into.querySelector("[data-say]")?.textContent.trim() ?? "");
  };

  const ask = async () => {
    const wanted = input.value.trim();
    if (wanted === asked) return;
    asked = wanted;
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    into.setAttribute("aria-busy", "true");
    try {
      const address = new URL(input.dataset.url, location.href);
      address.searchParams.set("q", wanted);
      const piece = await fetchPiece(address, signal);
      if (!signal.aborted) show(piece);
    } catch {
      if (signal.aborted) return;
      asked = null;
      if (plain) plain.hidden = false;
      tell(say?.dataset.trouble ?? "");
    }
    into.removeAttribute("aria-busy");
  };

  const soon = (event) => {
    // Halves of words are not looked for; the reading alone is found as well as the kanji.
    clearTimeout(timer);
    timer = setTimeout(ask, event.isComposing ? 2 * WAIT : WAIT);
  };

  if (plain) plain.hidden = true;
  input.setAttribute("aria-controls", into.id);
  input.addEventListener("input", soon);
  input.addEventListener("compositionend", soon);
  input.addEventListener("keydown", (event) => {
    // Enter looks for it now instead of sending the unfinished form.
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}

document.querySelectorAll("input[data-url][data-into]").forEach(live);
