/** What names a place in XMP, in any of its schemas, and what belongs to a video or a second picture hidden behind the first. */
const PLACE =
  /gps|latitude|longitude|location|geotag|city|country|state|province|address|motionphoto|microvideo|hasextendedxmp/i;

/** Whether a packet of XMP may name a place. One in sixteen bits a character is not read but taken to do so. */
export function hasPlaceWords(packet: Uint8Array): boolean {
  let text = '';
  for (const byte of packet) {
    if (byte === 0) return true;
    text += String.fromCharCode(byte);
  }
  return PLACE.test(text);
}
