// Shows what was sealed as several fields line by line, once desk-open.js has put it there.
//
//   <span data-sealed … data-fields='[["name","お名前"],…]'>{"name":"…"}</span>

document.addEventListener("desk:opened", () => {
  for (const span of document.querySelectorAll('[data-fields][data-state="open"]')) {
    let said;
    try {
      said = JSON.parse(span.textContent);
    } catch {
      continue;
    }
    const list = document.createElement("span");
    list.className = "fields";
    for (const [name, label] of JSON.parse(span.dataset.fields)) {
      if (!said[name]) continue;
      const line = document.createElement("span");
      const term = document.createElement("small");
      term.textContent = label;
      line.append(term, " ", said[name]);
      list.append(line);
    }
    span.replaceChildren(list);
  }
});
