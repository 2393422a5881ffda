// Has the pages of the worst day kept on the device, so that they open without a network.
//
//   <script … id="incident-js" data-worker="/incident/worker.js" data-scope="/incident">

const { worker, scope } = document.getElementById("incident-js").dataset;

if (navigator.serviceWorker && worker) {
  const same = (address) => {
    if (new URL(address, location.href).origin !== location.origin) throw new TypeError("not ours");
    return address;
  };
  const policy = window.trustedTypes?.createPolicy("mist", { createScriptURL: same });
  // Without it the page is as useful as before, as long as there is a network.
  navigator.serviceWorker.register(policy ? policy.createScriptURL(worker) : worker, { scope }).catch(() => {});
}
