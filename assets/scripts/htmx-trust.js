// Lets htmx put the portal's own answers into the page under the policy on trusted types. Scripts in an answer
// stay refused. Loaded after htmx.

const policy = window.trustedTypes?.createPolicy("htmx", { createHTML: (html) => html });

htmx.registerExtension("mist-trust", {
  init: (htmxInside) => {
    if (policy) htmxInside.initSecurity({ createHTML: (html) => policy.createHTML(html), createScript: () => "" });
  },
});
