// Passkeys: asks the device for its key when a form's button is pressed, and sends the answer with the form.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const wanted = (options) => {
    const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return key;
  };

  const answered = (key) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    return {
      type: key.type,
      id: key.id,
      rawId: text(key.rawId),
      response,
      clientExtensionResults: key.getClientExtensionResults(),
    };
  };

  const asked = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const publicKey = wanted(await asked(form));
        let key;
        if (form.dataset.passkey === "make") {
          const selection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
          publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, ...selection };
          key = await navigator.credentials.create({ publicKey });
        } else {
          key = await navigator.credentials.get({ publicKey });
        }
        form.elements.credential.value = JSON.stringify(answered(key));
        form.submit();
      } catch {
        form.querySelector(".fault").hidden = false;
      }
    });
  }
})();
