/** How many columns of a terminal a text takes. */

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const PLAIN = /^[\x20-\x7e]*$/;
const NARROW_MARK = /^[\p{Mark}\p{Cf}]+$/u;
/** East Asian wide and full-width letters, and what terminals draw as a picture. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}{2})/u;

export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (NARROW_MARK.test(segment)) continue;
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g;
const HEX_DIGITS = 2;

/** The lines of a cell, without characters that would move the cursor or colour the terminal. */
export function cellLines(text: string): string[] {
  const safe = text.replaceAll("\r\n", "\n").replaceAll(CONTROL, (character) => {
    if (character === "\t") return "    ";
    return `\\x${character.charCodeAt(0).toString(16).padStart(HEX_DIGITS, "0")}`;
  });
  return safe.split("\n");
}
