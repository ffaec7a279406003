/** The roles of the product, in the order in which pages list them. */
export const ROLES = [
	'administrator',
	'hr_designer',
	'hr_approver',
	'department_head',
	'employee',
	'implementer',
	'auditor'
] as const;
export type Role = (typeof ROLES)[number];
