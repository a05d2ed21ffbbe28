/** Embeddings, overrides and isolates: they turn the direction of what stands around them, on whatever page that is. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/u

/** Whether a text has characters that make what stands around it read otherwise than it is written. */
export const turnsText = (text: string): boolean => TURNING.test(text)

/** Scripts in which a joiner or a non-joiner between two letters changes how these are written. */
const JOINING =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}' +
  '\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}'
const letterOfJoining = `(?=[\\p{L}\\p{M}])[${JOINING}]`

/** Where what cannot be seen by itself is needed: in those scripts (and at the end of a word after a sign such as a virama), and within an emoji. */
const NEEDED = new RegExp(
  [
    `(?<=${letterOfJoining})[\\u200c\\u200d](?=${letterOfJoining})`,
    `(?<=(?=\\p{Mn})[${JOINING}])\\u200d`,
    '(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?)\\ufe0f',
    '(?<=\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})',
  ].join('|'),
  'gu',
)
const UNSEEN = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/u

/**
 * Whether a name has characters that cannot be seen, so that it could look like another: controls, directions, and joiners and
 * spaces without width where no script needs them.
 *
 * @example hidesCharacters('A\u200bda') // true
 * @example hidesCharacters('علی\u200cرضا') // false: Persian is written so
 */
export const hidesCharacters = (name: string): boolean => UNSEEN.test(name.replace(NEEDED, ''))
