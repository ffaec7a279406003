/** Operands that must be written out: points, steps, digits, ends, counts and paths. */
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { logicDiagnostics } from './diagnostics.ts';
import type { CallNode, RuleNode } from './node.ts';
import { POWERS_OF_TEN } from './number.ts';
import type { LiteralKind } from './operators/operator.ts';
import { curvePoints } from './points.ts';
import type { Json } from './rule.ts';

function literalOf(node: RuleNode): Json | undefined {
	return node.kind === 'literal' ? node.value : undefined;
}

function checkPoints(call: CallNode, arg: RuleNode, min: number): Diagnostic | null {
	const points = curvePoints(arg);
	const operator = call.operator;
	if (!points || points.length < min) {
		return diagnose(logicDiagnostics, 'points_not_written', arg.at, { operator, min });
	}
	for (let i = 1; i < points.length; i++) {
		const [x, before] = [points[i]?.[0], points[i - 1]?.[0]];
		if (x !== undefined && before !== undefined && x > before) continue;
		return diagnose(logicDiagnostics, 'points_not_ascending', `${arg.at}/${i}`, {
			operator,
			index: i + 1
		});
	}
	return null;
}

function isPath(node: RuleNode): boolean {
	const value = literalOf(node);
	return (typeof value === 'string' && value !== '') || Number.isInteger(value);
}

/** A path, or the only operand, a list of them; `missing_some` takes the list alone. */
function checkPaths(call: CallNode, arg: RuleNode, index: number): Diagnostic | null {
	const mustBeList = call.operator === 'missing_some';
	if (arg.kind === 'list') {
		const computed = arg.items.find((item) => !isPath(item));
		const alone = mustBeList || (index === 0 && call.args.length === 1);
		return computed || !alone
			? diagnose(logicDiagnostics, 'computed_path', computed?.at ?? arg.at)
			: null;
	}
	return !mustBeList && isPath(arg) ? null : diagnose(logicDiagnostics, 'computed_path', arg.at);
}

/** The finding if operand `index` of `call` is not written out as `kind` asks. */
export function checkLiteral(
	call: CallNode,
	arg: RuleNode,
	index: number,
	kind: LiteralKind
): Diagnostic | null {
	const value = literalOf(arg);
	switch (kind) {
		case 'points':
			return checkPoints(call, arg, 2);
		case 'steps':
			return checkPoints(call, arg, 1);
		case 'paths':
			return checkPaths(call, arg, index);
		case 'digits':
			return typeof value === 'number' && POWERS_OF_TEN[value] !== undefined
				? null
				: diagnose(logicDiagnostics, 'digits_not_written', arg.at);
		case 'end':
			return value === 'flat' || value === 'extend'
				? null
				: diagnose(logicDiagnostics, 'end_not_written', arg.at);
		case 'count':
			return typeof value === 'number' && Number.isInteger(value) && value >= 0
				? null
				: diagnose(logicDiagnostics, 'count_not_written', arg.at);
	}
}
