// A name that every file system takes, as near to the one people know as can be.

/** Names that Windows keeps for devices, whatever their ending; it looks past spaces before that. */
const RESERVED = /^(con|prn|aux|nul|(conin|conout|clock)\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;
/** Of UTF-8; most file systems take 255, and some programs add an ending of their own. */
const MAX_BYTES = 200;

/**
 * Endings that Windows, macOS or a Linux desktop runs, installs or follows where a person means to open a document. What a file
 * is decides whether it is taken, and any text is: a script is one.
 */
const RUNS = new RegExp(
  `\\.(${[
    'ade|adp|app|appimage|application|appref-ms|appx|appxbundle|asp|aspx|bas|bash|bat|bin|chm|class|cmd|cnt|com',
    'command|cpl|crt|csh|deb|der|desktop|diagcab|dll|dmg|exe|fileloc|fish|fxp|gadget|grp|hlp|hpj|hta|htm|html|inetloc',
    'inf|ins|iso|isp|jar|jnlp|js|jse|jsp|ksh|library-ms|lnk|mad|maf|mag|mam|maq|mar|mas|mat|mau|mav|maw|mda|mdb|mde',
    'mdt|mdw|mdz|mht|mhtml|mpkg|msc|msh|msh1|msh1xml|msh2|msh2xml|mshxml|msi|msix|msixbundle|msp|mst|msu|ocx|ops|osd',
    'pcd|php|pif|pkg|pl|plg|prf|prg|printerexport|ps1|ps1xml|ps2|ps2xml|psc1|psc2|psd1|psdm1|psm1|pst|py|pyc|pyo|pyw',
    'pyz|pyzw|rb|reg|rpm|run|scf|scpt|scptd|scr|sct|search-ms|searchconnector-ms|service|settingcontent-ms|sh|shb|shs',
    'shtml|slk|svg|svgz|sys|terminal|theme|themepack|tool|udl|url|vb|vbe|vbp|vbs|vhd|vhdx|vsmacros|vsw|vxd|wcx|webloc',
    'website|workflow|ws|wsb|wsc|wsf|wsh|xbap|xht|xhtml|xll|xnk|zsh',
  ].join('|')})$`,
  'i',
);

/** A name under which other programs show a file and no system runs it: "Photo.bat" -> "Photo.bat.txt". */
export function harmlessName(shown: string): string {
  const name = diskName(shown);
  return RUNS.test(name) ? `${name}.txt` : name;
}

/** "a/b: c?.pdf" -> "a-b- c-.pdf"; never empty, never a path, never a device. */
export function diskName(shown: string): string {
  const plain = shown
    .toWellFormed()
    .replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replace(/[<>:"/\\|?*]/g, '-')
    .replace(/^[. ]+/, '');
  const named = withoutTail(shortened(withoutTail(plain))) || 'File';
  return RESERVED.test(named) ? `_${named}` : named;
}

/** Windows drops a dot or a space at the end, and then looks for the file in vain. */
const withoutTail = (name: string): string => name.replace(/[. ]+$/, '');

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, name.length - ending.length);
  while (Buffer.byteLength(stem + ending) > MAX_BYTES) stem = stem.slice(0, -1);
  return `${stem.toWellFormed()}${ending}`;
}
