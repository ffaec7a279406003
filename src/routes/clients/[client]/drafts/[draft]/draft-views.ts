/** The views of one draft, as `?view=` names them. */
export const DRAFT_VIEWS = ['items', 'rules', 'grades', 'json', 'outline'] as const;
export type DraftViewName = (typeof DRAFT_VIEWS)[number];
