/**
 * Another process: takes the write lock of a file again and again for 60 to 300 ms, as told.
 * It says `wanted` before it asks for the lock and `locked` once it holds it: whoever writes in a
 * loop holds still in between, because SQLite gives no turn to the one who has waited longest.
 */
import { createClient } from '@libsql/client';

const [path = '', rounds = '5', seed = '1'] = process.argv.slice(2);
const client = createClient({ url: `file:${path}`, concurrency: 1, timeout: 5_000 });

let state = Number(seed);
/** @param {number} below */
const random = (below) => {
	state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
	return state % below;
};
/** @param {number} milliseconds */
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (let round = 0; round < Number(rounds); round += 1) {
	process.stdout.write('wanted\n');
	const transaction = await client.transaction('write');
	process.stdout.write('locked\n');
	await wait(60 + random(240));
	await transaction.rollback();
	await wait(20 + random(60));
}
client.close();
