/**
 * Renders a Markdown file to a picture, the way GitHub would show it as a comment.
 *
 *     node scripts/render-comment.ts FILE.md OUT.png [--width 860] [--height PIXELS] [--dark] [--open]
 *
 * Needs a Chromium (`apt-get install chromium`, or its path in CHROMIUM). GitHub's style sheet is imitated, not
 * copied: widths, fonts and colours are near enough to judge a layout by. `--height` cuts below. `--open` unfolds what is folded, and draws the
 * diagrams.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '860' },
    height: { type: 'string' },
    dark: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
  },
});
const [source, target] = positionals;
if (source === undefined || target === undefined) {
  throw new Error(
    'usage: node scripts/render-comment.ts FILE.md OUT.png [--width 860] [--height PIXELS] [--dark] [--open]',
  );
}

const mermaid = import.meta.resolve('mermaid/dist/mermaid.min.js');

const folder = await mkdtemp(join(tmpdir(), 'render-comment-'));
try {
  const width = Number(values.width);
  const html = page(await readFile(source, 'utf8'), values.dark, width);
  const file = join(folder, 'comment.html');
  await writeFile(file, values.open ? html.replaceAll('<details>', '<details open>') : html);
  const address = pathToFileURL(file).href;
  // The window has to be as high as the page: asked first, since a screenshot shows the window only.
  const height = values.height ?? (await heightOf(address, width));
  await chromium([
    `--screenshot=${resolve(target)}`,
    `--window-size=${width},${height}`,
    '--hide-scrollbars',
    address,
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function heightOf(address: string, width: number): Promise<number> {
  const measured = await chromium(['--dump-dom', `--window-size=${width},600`, address]);
  return Number(/data-height="(\d+)"/.exec(measured)?.[1] ?? 1_000);
}

async function chromium(args: readonly string[]): Promise<string> {
  const profile = await mkdtemp(join(folder, 'profile-'));
  const flags = [
    '--headless',
    '--no-sandbox',
    '--allow-file-access-from-files',
    '--virtual-time-budget=10000',
    '--run-all-compositor-stages-before-draw',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--force-device-scale-factor=1',
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(process.env.CHROMIUM ?? 'chromium', [...flags, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const code = await new Promise<number | null>((settle, fail) =>
    child.on('error', fail).on('close', settle),
  );
  if (code !== 0) throw new Error(`chromium ended with ${code}`);
  return out;
}

function page(markdown: string, dark: boolean, width: number): string {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  }).replace(/<pre><code class="language-diff">(.*?)<\/code><\/pre>/gs, (_, diff: string) => {
    const lines = diff.split('\n').map((line) => {
      const kind = line.startsWith('@@')
        ? 'at'
        : line.startsWith('+')
          ? 'add'
          : line.startsWith('-')
            ? 'del'
            : '';
      return kind === '' ? line : `<span class="${kind}">${line}</span>`;
    });
    return `<pre><code>${lines.join('\n')}</code></pre>`;
  });
  const drawn = body.replace(
    /<pre><code class="language-mermaid">(.*?)<\/code><\/pre>/gs,
    (_, text: string) => `<pre class="mermaid">${text}</pre>`,
  );
  const colors = dark
    ? '--fg:#f0f6fc;--bg:#0d1117;--line:#3d444d;--soft:#151b23;--link:#4493f8;--mute:#9198a1;--add:#033a16;--addf:#aff5b4;--del:#67060c;--delf:#ffdcd7;--at:#d2a8ff;--code:#656c7633'
    : '--fg:#1f2328;--bg:#fff;--line:#d1d9e0;--soft:#f6f8fa;--link:#0969da;--mute:#59636e;--add:#dafbe1;--addf:#116329;--del:#ffebe9;--delf:#82071e;--at:#8250df;--code:#818b981f';
  return `<!doctype html><meta charset="utf-8"><style>
:root{${colors}}
body{margin:0;padding:16px;box-sizing:border-box;width:${width}px;background:var(--bg);color:var(--fg);font:14px/1.5 -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif,"Noto Color Emoji"}
.box{border:1px solid var(--line);border-radius:6px}
.who{padding:8px 16px;background:var(--soft);border-bottom:1px solid var(--line);color:var(--mute);border-radius:6px 6px 0 0}
.md{padding:16px;overflow-wrap:break-word}
.md>:first-child{margin-top:0!important}.md>:last-child{margin-bottom:0!important}
p,ul,ol,pre,table,details,blockquote{margin:0 0 16px}ul,ol{padding-left:2em}
h3,h4{margin:24px 0 16px;font-weight:600;line-height:1.25}h3{font-size:1.25em}h4{font-size:1em}
a{color:var(--link)}sub{font-size:75%;line-height:0;position:relative;bottom:-.25em;vertical-align:baseline}
code,pre{font-family:ui-monospace,SFMono-Regular,"Liberation Mono",Menlo,monospace;font-size:85%}
code{padding:.2em .4em;background:var(--code);border-radius:6px;white-space:break-spaces}
pre{padding:16px;background:var(--soft);border-radius:6px;overflow:auto;line-height:1.45}
pre code{padding:0;background:none;font-size:100%;white-space:pre}
table{display:block;width:max-content;max-width:100%;overflow:auto;border-spacing:0;border-collapse:collapse}
th,td{padding:6px 13px;border:1px solid var(--line)}tr:nth-child(2n) td{background:var(--soft)}
summary{cursor:pointer}.add{background:var(--add);color:var(--addf)}.del{background:var(--del);color:var(--delf)}.at{color:var(--at);font-weight:600}
</style><div class="box"><div class="who"><b>github-actions</b> bot commented</div><div class="md">${drawn}</div></div>
${values.open ? drawing(dark) : ''}<script>
document.documentElement.dataset.height=Math.ceil(document.documentElement.getBoundingClientRect().height)</script>`;
}

/** The library is large: it is loaded where a diagram is open to be seen. */
function drawing(dark: boolean): string {
  return `<script src="${mermaid}"></script><script type="module">
mermaid.initialize({startOnLoad:false,securityLevel:'strict',theme:${dark ? "'dark'" : "'default'"}});
await mermaid.run();
document.documentElement.dataset.height=Math.ceil(document.documentElement.getBoundingClientRect().height)</script>`;
}
