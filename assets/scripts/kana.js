// Fills the reading of a name while it is typed: the input method's composition shows the kana before it
// becomes kanji. Nothing is guessed from kanji, and a reading that somebody touched is left alone.
//
//   <input id="family" data-kana="family_kana"> … <input id="family_kana">

const KANA_ONLY = /^[ぁ-ゖァ-ヺーゝゞヽヾ\s]+$/u;

/** Hiragana to katakana; half-width forms to full width. */
const katakana = (text) =>
  text.normalize("NFKC").replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCodePoint(kana.codePointAt(0) + 0x60));

/**
 * The reading in a composition that has not been converted yet, or null. Letters at the end are kana still
 * being typed; a lone n there is ん unless a vowel follows.
 */
function reading(composed) {
  const text = composed.normalize("NFKC");
  const typed = text.replace(/n$/i, "ん").replace(/[a-z]+$/i, "");
  return typed !== "" && KANA_ONLY.test(typed) ? katakana(typed) : null;
}

/** @param {HTMLInputElement} name @param {HTMLInputElement} kana */
function follow(name, kana) {
  /** What was composed so far, in order: the text as it ended up, and its reading. */
  let parts = [];
  let latest = null;
  let filled = "";
  let ours = kana.value === "";

  const fill = () => {
    if (!ours || kana.value !== filled) return;
    filled = parts.map((part) => part.reading).join("");
    kana.value = filled;
    kana.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // What was deleted from the name is deleted from the reading.
  const settle = () => {
    let from = 0;
    parts = parts.filter(({ text }) => {
      const at = name.value.indexOf(text, from);
      if (at < 0) return false;
      from = at + text.length;
      return true;
    });
    fill();
  };

  name.addEventListener("compositionstart", () => (latest = null));
  name.addEventListener("compositionupdate", (event) => (latest = reading(event.data) ?? latest));
  name.addEventListener("compositionend", (event) => {
    const read = reading(event.data) ?? latest;
    if (event.data !== "" && read !== null) {
      const end = name.selectionStart ?? name.value.length;
      const before = name.value.slice(0, Math.max(0, end - event.data.length));
      let seen = 0;
      let from = 0;
      for (const part of parts) {
        const at = before.indexOf(part.text, from);
        if (at < 0) break;
        from = at + part.text.length;
        seen += 1;
      }
      parts.splice(seen, 0, { text: event.data, reading: read });
    }
    settle();
  });
  name.addEventListener("input", (event) => {
    if (!event.isComposing) settle();
  });
  kana.addEventListener("input", () => (ours = kana.value === ""));
}

for (const name of document.querySelectorAll("input[data-kana]")) {
  const kana = document.getElementById(name.dataset.kana);
  if (kana instanceof HTMLInputElement) follow(name, kana);
}
