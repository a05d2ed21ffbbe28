import type { Locale } from './locales.ts'

const german = `DE Munich: München | AT Vienna: Wien | CH Genève: Genf | CH Fribourg: Freiburg im Üechtland | CH Neuchâtel: Neuenburg
| IT Rome: Rom | IT Milan: Mailand | IT Florence: Florenz | IT Venice: Venedig | IT Naples: Neapel | IT Genoa: Genua | IT Padova: Padua
| IT Mantova: Mantua | IT Bolzano: Bozen | IT Merano: Meran | IT Bressanone: Brixen | IT Trento: Trient | IT Siracusa: Syrakus
| FR Strasbourg: Straßburg | FR Mulhouse: Mülhausen | FR Nice: Nizza | LU Luxembourg: Luxemburg | NL The Hague: Den Haag
| NL Nijmegen: Nimwegen | BE Brussels: Brüssel | BE Brugge: Brügge | BE Liège: Lüttich | BE Leuven: Löwen | CZ Prague: Prag
| CZ Brno: Brünn | CZ Karlovy Vary: Karlsbad | CZ České Budějovice: Budweis | CZ Olomouc: Olmütz | PL Warsaw: Warschau
| PL Kraków: Krakau | PL Wrocław: Breslau | PL Gdańsk: Danzig | PL Poznań: Posen | PL Łódź: Lodz | PL Szczecin: Stettin
| PL Katowice: Kattowitz | RS Belgrade: Belgrad | RO Bucharest: Bukarest | GR Athens: Athen | GR Piraeus: Piräus
| GR Thessaloníki: Thessaloniki | GR Pátra: Patras | GR Irákleion: Heraklion | GR Ródos: Rhodos | CY Nicosia: Nikosia
| TR İzmir: Izmir | DK Copenhagen: Kopenhagen | DK Århus: Aarhus | UA Kyiv: Kyjiw | UA Lviv: Lwiw | UA Odessa: Odesa
| UA Kharkiv: Charkiw | RU Moscow: Moskau | RU Saint Petersburg: Sankt Petersburg | PT Lisbon: Lissabon | ES Zaragoza: Saragossa
| ES Donostia / San Sebastián: San Sebastián | ES Palma: Palma de Mallorca | IE Gaillimh: Galway | EG Cairo: Kairo | DZ Algiers: Algier
| MA Marrakesh: Marrakesch | CN Beijing: Peking | JP Tokyo: Tokio | TW Taipei: Taipeh | SG Singapore: Singapur | IN Kolkata: Kalkutta
| MX Mexico City: Mexiko-Stadt | US New York City: New York | CU Havana: Havanna | ZA Cape Town: Kapstadt | SY Damascus: Damaskus
| IQ Baghdad: Bagdad | IR Tehran: Teheran | SA Riyadh: Riad | GE Tbilisi: Tiflis | AM Yerevan: Jerewan | UZ Tashkent: Taschkent`

const english = `DE Köln: Cologne | DE Nürnberg: Nuremberg | DE Hannover: Hanover | CH Genève: Geneva | CH Zürich: Zurich | CH Luzern: Lucerne
| CH Sitten: Sion | BE Gent: Ghent | BE Brugge: Bruges | BE Antwerpen: Antwerp | SE Göteborg: Gothenburg | DK Århus: Aarhus
| ES Sevilla: Seville | ES Donostia / San Sebastián: San Sebastián | IT Padova: Padua | IT Mantova: Mantua | IT Siracusa: Syracuse
| IE Gaillimh: Galway | GR Thessaloníki: Thessaloniki | GR Pátra: Patras | GR Irákleion: Heraklion | GR Ródos: Rhodes
| TR İzmir: Izmir | UA Odessa: Odesa | US New York City: New York`

const namesIn = (list: string): ReadonlyMap<string, string> =>
  new Map(list.split(/\s*\|\s*/).map((entry) => entry.split(': ') as [string, string]))

/**
 * What well-known towns are called in a language, by country and the name that they have in GeoNames, which is now local, now English.
 * The package of towns has no names in other languages; everywhere else the name is the same, or few know another one.
 */
export const exonyms: Readonly<Record<Locale, ReadonlyMap<string, string>>> = { de: namesIn(german), en: namesIn(english) }

/** A town by the name that it has in the reader's language. For showing: listings are signed, and towns sent, by GeoNames' name. */
export function townName({ town, country }: { town: string; country: string | null }, locale: Locale): string {
  return exonyms[locale].get(`${country} ${town}`) ?? town
}
