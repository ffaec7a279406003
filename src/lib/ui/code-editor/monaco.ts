/** Monaco with JSON only, in the reader's language. About a megabyte: loaded on the JSON view alone. */
import { getLocale } from '#lib/paraglide/runtime.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker.js?worker';

export async function loadMonaco() {
	self.MonacoEnvironment = {
		getWorker: (_id: string, label: string) =>
			label === 'json' ? new JsonWorker() : new EditorWorker()
	};
	// Monaco reads its words while its modules load, so they must be there before the editor is.
	if (getLocale() === 'zh-CN') await import('monaco-editor/nls/lang/zh-cn');
	const [monaco, json] = await Promise.all([
		import('monaco-editor/editor'),
		import('monaco-editor/languages/features/json/register'),
		import('monaco-editor/features/register.all')
	]);
	return { monaco, jsonDefaults: json.jsonDefaults };
}
