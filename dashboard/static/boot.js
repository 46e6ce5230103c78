// @ts-check
/** The start of a file: unpacks the modules it travels with, gives each the addresses of those it imports, and opens the board. */

try {
  const packed = Uint8Array.from(atob(document.getElementById('cb-modules')?.textContent ?? ''), (sign) => sign.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  /** A module stands after those it imports: text, name of a module, text, name of a module, ..., text. @type {[string, string[]][]} */
  const modules = await new Response(unpacked).json();
  /** @type {Record<string, string>} */
  const addresses = {};
  for (const [name, parts] of modules) {
    const text = parts.map((part, i) => (i % 2 ? addresses[part] : part));
    addresses[name] = URL.createObjectURL(new Blob(text, { type: 'text/javascript' }));
  }
  const [file] = await Promise.all(['file.js', 'leaflet.js', 'map.mjs'].map((name) => import(addresses[name])));
  await file.default(addresses);
} catch (error) {
  const said = document.createElement('div');
  said.setAttribute('role', 'alert');
  const reason = error instanceof Error ? error.message : String(error);
  const { failed } = JSON.parse(document.getElementById('cb-given')?.textContent ?? '{}');
  for (const [language, words] of Object.entries(failed)) {
    const sentence = document.createElement('p');
    sentence.lang = language;
    sentence.textContent = words.replace('{error}', () => reason);
    said.append(sentence);
  }
  document.querySelector('main')?.replaceChildren(said);
}

export {};
