/** What a notice does to the thread of its incident. */
export type Phase = 'opens' | 'recalls' | 'takes' | 'closes' | 'other';
