/** What a person reads about one field. */
export interface FieldText {
  label: string;
  help?: string;
  /** Shown at the end of the field, such as `ms`. */
  unit?: string;
  placeholder?: string;
  /** A tall field for several lines. */
  multiline?: boolean;
  /** Words for the values of a choice; on a text field, or a list of texts, they make it one (ids are chosen by their names). */
  choices?: Readonly<Record<string, string>>;
  /** On such a list: what it is called that each may count more than once. */
  weight?: string;
}
