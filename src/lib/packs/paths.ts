/** Which file names a pack may hold. A pack comes from strangers: names are checked before content. */
import { PACK_LIMITS } from './limits.ts';

/** Why a path is refused, as words for the message, or null when it is safe. */
export function unsafePathProblem(path: string): { 'zh-CN': string; en: string } | null {
	if (path === '') return { 'zh-CN': '名字为空', en: 'the name is empty' };
	if (path.length > PACK_LIMITS.pathLength) {
		return { 'zh-CN': '名字太长', en: 'the name is too long' };
	}
	if (path.includes('\\')) return { 'zh-CN': '含有反斜杠', en: 'it contains a backslash' };
	if (path.startsWith('/')) return { 'zh-CN': '是绝对路径', en: 'it is an absolute path' };
	if (/^[A-Za-z]:/.test(path)) return { 'zh-CN': '带有盘符', en: 'it has a drive letter' };
	const segments = path.split('/');
	if (segments.some((segment) => segment === '..')) {
		return { 'zh-CN': '用 .. 离开了目录', en: 'it leaves the folder with ..' };
	}
	if (segments.some((segment) => segment === '' || segment === '.')) {
		return { 'zh-CN': '含有空的一段', en: 'it has an empty part' };
	}
	// Everything else that file systems treat specially: NUL, other controls, trailing dots, spaces.
	if (!segments.every((segment) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(segment))) {
		return { 'zh-CN': '含有不允许的字符', en: 'it contains a character that is not allowed' };
	}
	if (segments.some((segment) => segment.endsWith('.'))) {
		return { 'zh-CN': '以点结尾', en: 'a part ends with a dot' };
	}
	if (segments.some((segment) => RESERVED.test(segment))) {
		return { 'zh-CN': '是 Windows 的保留名', en: 'it is a name that Windows reserves' };
	}
	return null;
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A printable form of a path that may hold anything. */
export function printablePath(path: string): string {
	return JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
}

/** What the files of a pack hold. */
export type PackFileKind =
	| 'manifest'
	| 'readme'
	| 'changelog'
	| 'metric'
	| 'record'
	| 'scheme'
	| 'test'
	| 'preset'
	| 'generator'
	| 'sample_readme';

const SINGLE_FILES: ReadonlyMap<string, PackFileKind> = new Map<string, PackFileKind>([
	['pack.yaml', 'manifest'],
	['README.md', 'readme'],
	['CHANGELOG.md', 'changelog'],
	['sample-data/generator.yaml', 'generator'],
	['sample-data/README.md', 'sample_readme']
]);

const FOLDERS: ReadonlyMap<string, readonly [kind: PackFileKind, extension: string]> = new Map<
	string,
	readonly [PackFileKind, string]
>([
	['metrics', ['metric', '.yaml']],
	['records', ['record', '.yaml']],
	['schemes', ['scheme', '.json']],
	['tests', ['test', '.yaml']],
	['presets', ['preset', '.yaml']]
]);

/** What a file of a pack holds, and the id its name states; null for a file without a place. */
export function packFileKind(path: string): { kind: PackFileKind; id: string } | null {
	const single = SINGLE_FILES.get(path);
	if (single) return { kind: single, id: '' };
	const [folder, name, ...rest] = path.split('/');
	if (folder === undefined || name === undefined || rest.length > 0) return null;
	const place = FOLDERS.get(folder);
	if (!place?.[1] || !name.endsWith(place[1])) return null;
	return { kind: place[0], id: name.slice(0, -place[1].length) };
}
