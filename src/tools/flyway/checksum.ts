/** CRC-32 (IEEE) of a text's UTF-8 bytes, as the signed number that Java has for it. */
function crc32(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return ~crc;
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** `ChecksumCalculator`: of the lines without their ends and without a byte order mark. */
export const checksumOf = (text: string): number =>
  crc32(Buffer.from(text.replace(/^\ufeff/, '').replace(/[\r\n]/g, ''), 'utf8'));
