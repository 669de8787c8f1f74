// Bundles the browser parts: app/web/static/src/* -> app/web/static/dist, with hashed names, a manifest that the
// program reads at start, an icon sprite of the icons in use, and compressed copies.
import { build, context } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const source = path.join(root, "app/web/static/src");
const dist = path.join(root, "app/web/static/dist");

const options = {
  absWorkingDir: root,
  entryPoints: ["app.js", "theme.js", "app.css"].map((name) => path.join(source, name)),
  outdir: dist,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  minify: true,
  metafile: true,
  logLevel: "warning",
  legalComments: "eof",
};

// sprite joins the listed icons into one SVG of symbols; a name that Tabler does not have fails the build.
async function sprite() {
  const names = JSON.parse(await readFile(path.join(source, "icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(async (name) => {
    const file = path.join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
    const svg = await readFile(file, "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${body.replace(/\s*\n\s*/g, "")}</symbol>`;
  }));
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
  await writeFile(path.join(dist, `icons-${hash}.svg`), text);
  return `icons-${hash}.svg`;
}

async function manifest(outputs) {
  const names = { "icons.svg": await sprite() };
  for (const [file, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint && ["app.js", "theme.js", "app.css"].includes(path.basename(entryPoint))) names[path.basename(entryPoint)] = path.basename(file);
  }
  await writeFile(path.join(dist, "manifest.json"), JSON.stringify(names, null, 2) + "\n");
}

async function compress() {
  for (const name of await readdir(dist)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const data = await readFile(path.join(dist, name));
    await writeFile(path.join(dist, name + ".gz"), gzipSync(data, { level: 9 }));
    await writeFile(path.join(dist, name + ".br"), brotliCompressSync(data));
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
if (process.argv.includes("--watch")) {
  const finish = { name: "manifest", setup: (b) => b.onEnd((r) => r.metafile && manifest(r.metafile.outputs)) };
  await (await context({ ...options, minify: false, plugins: [finish] })).watch();
} else {
  const { metafile } = await build(options);
  await manifest(metafile.outputs);
  await compress();
}
