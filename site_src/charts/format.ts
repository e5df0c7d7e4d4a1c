/** A few significant digits, in scientific notation where a plain number would be long. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e5)
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, "e")
      .replace("e+", "e");
  return String(Number(value.toPrecision(digits)));
}

const SUPERSCRIPTS: Record<string, string> = Object.fromEntries(
  [..."0123456789-"].map((digit, index) => [digit, "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"[index] as string]),
);

/** A power of ten as 10⁻³, since Plot's own format writes "300m"; nothing for any other number. */
export function formatPowerOfTen(value: number): string {
  const exponent = Math.log10(value);
  const whole = Math.round(exponent);
  if (Math.abs(exponent - whole) > 1e-9) return "";
  if (whole >= -2 && whole <= 3) return String(Number(value.toPrecision(1)));
  return `10${[...String(whole)].map((digit) => SUPERSCRIPTS[digit]).join("")}`;
}

/** A tick of a logarithmic axis: 0.5, 10⁻³ or 5·10⁻⁴. */
export function formatLogarithmicTick(value: number): string {
  const power = formatPowerOfTen(value);
  if (power !== "" || (value >= 1e-3 && value < 1e4)) return power || formatNumber(value, 8);
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  return `${formatNumber(value / 10 ** exponent, 8)}·${formatPowerOfTen(Number(`1e${exponent}`))}`;
}
