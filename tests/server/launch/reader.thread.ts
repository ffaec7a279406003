import { Database } from '#lib/server/db/database.ts';
import { serveThread } from '#lib/server/jobs/thread.ts';

serveThread<string, { readonly tables: number; readonly refused: string }>(async (path) => {
	const database = await Database.openReader(path);
	const [row] = await database.select("SELECT count(*) FROM sqlite_master WHERE type = 'table'");
	await database.close();
	const refused = await Database.open(path).then(
		() => 'nothing',
		(error: unknown) => String(error)
	);
	return { tables: Number(row?.[0]), refused };
});
