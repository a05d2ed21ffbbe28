import localFont from 'next/font/local'

/**
 * Inter for Latin, which every page shows: asked for together with the styles, not after them. `optional`: where it is late the
 * reader's own font stays for this page, so that nothing moves. `npm run fonts` makes the file, of the characters named here. Other
 * scripts are in fonts.css.
 */
export const latin = localFont({
  src: './fonts/inter-latin.woff2',
  weight: '400 700',
  style: 'normal',
  display: 'optional',
  adjustFontFallback: false,
  variable: '--font-latin',
  declarations: [
    {
      prop: 'unicode-range',
      value:
        'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, U+2002-2003, U+2007-200B, U+2010-2011, U+2013-2014, U+2018-201A, U+201C-201E, U+2022, U+2026, U+202F, U+2030, U+2032-2033, U+2039-203A, U+2044, U+2060, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
    },
  ],
})
