import type { Category, Condition } from '@fairhold/protocol/listing/content'
import { home, letter, some, type TownName, union, type Way, world } from './delivery.ts'
import { moreListings } from './more-listings.ts'
import type { PersonName } from './people.ts'

/** A listing of the demo market. `key` names it in the history; `photos` are files in ./photos without extension. */
export interface SeedListing {
  key: string
  seller: Extract<PersonName, 'ada' | 'bruno' | 'chiara'>
  title: string
  description: string
  category: Category
  condition: Condition
  attributes: Readonly<Record<string, string>>
  town: TownName
  ways: readonly Way[]
  /** Whether it can be fetched there too. */
  pickup?: boolean
  price: string
  symbol: 'ETH' | 'tUSD'
  quantity: number
  /** The buyer may pay so much of the price first, in basis points, and the rest within so many days. */
  instalments?: { depositBps: number; days: number }
  photos: readonly string[]
}

const paragraphs = (...parts: string[]): string => parts.join('\n\n')

/** Those that the history of the demo market is about. */
const storied: readonly SeedListing[] = [
  {
    key: 'tent',
    seller: 'bruno',
    title: 'Two-person dome tent, three seasons, 2.4 kg',
    category: 'outdoor',
    condition: 'good',
    attributes: { type: 'tent', persons: '2', weight: '2.4', color: 'green' },
    town: 'porto',
    ways: [some('Parcel to Portugal and Spain', 'PT ES', '0.002')],
    pickup: true,
    price: '0.052',
    symbol: 'ETH',
    quantity: 1,
    photos: ['tent-1', 'tent-2'],
    description: paragraphs(
      'Nineteen nights old, all of them in the Gerês or on the coast north of Viana. It goes up in about six minutes alone, four if somebody holds the far pole. Two long mats fit side by side with room for boots at the foot.',
      'One flaw that matters: a 3 cm tear on the left panel, near the vent, from a gorse bush. I patched it inside and out with repair tape two summers ago and it has been through a real storm since without a drop. The guy-line runner at the back right is a replacement and a different colour.',
      'Comes with both poles, twelve pegs (two slightly bent, still fine), the groundsheet and the bag. Dried and aired before packing.',
    ),
  },
  {
    key: 'coat',
    seller: 'chiara',
    title: 'Double-breasted camel wool coat, men’s 50',
    category: 'fashion',
    condition: 'like-new',
    attributes: { type: 'coat', department: 'men', size: '50', material: 'Camel wool', color: 'beige' },
    town: 'faenza',
    ways: [home('IT', '7'), union('14')],
    price: '145',
    symbol: 'tUSD',
    quantity: 1,
    photos: ['coat-1', 'coat-2'],
    description: paragraphs(
      'My uncle had this made in Bologna in 1987, wore it to two weddings and decided it was too good for anything else. Heavy camel-coloured wool, hip length, horn buttons, burgundy lining. It has hung in a cedar wardrobe for most of its life.',
      'Measured flat: shoulders 47 cm, chest 56 cm, sleeve 63 cm, back 84 cm. It fits like a true Italian 50; a broad 48 could wear it over a jumper.',
      'Honest notes: the lining has a faint crease mark behind the left shoulder, and one of the two spare buttons is missing from its pouch. No moth, no smell, no repairs. The pocket square is for the photograph, but I will put it in the box anyway.',
    ),
  },
  {
    key: 'phone',
    seller: 'bruno',
    title: 'Northstar 5 phone, 128 GB, refurbished with a new battery',
    category: 'phones',
    condition: 'good',
    attributes: { type: 'smartphone', brand: 'Northstar', model: '5', storage: '128', network: 'unlocked', battery: '100' },
    town: 'porto',
    ways: [home('PT', '4.5'), union('11')],
    price: '289',
    symbol: 'tUSD',
    quantity: 4,
    instalments: { depositBps: 2_500, days: 21 },
    photos: ['phone-1', 'phone-2', 'phone-3'],
    description: paragraphs(
      'A small batch from an office that closed. I fitted each one with a new battery (measured at 98 % or better after three cycles), replaced the seals, wiped them and ran the full set of sensor tests. No network lock, no account lock: you set it up as new.',
      'There are blue and graphite ones; write which you prefer with your address and I will do what I can. Every phone has small marks on the frame from office drawers. The screens are free of scratches you can feel; under a desk lamp you may find a hairline or two.',
      'In the box: phone, a plain USB-C cable, a pin for the SIM tray and my test sheet with the serial number. No charger. If yours does not do what the sheet says, I take it back.',
    ),
  },
  {
    key: 'board-game',
    seller: 'chiara',
    title: 'Tidewrack: board game with wooden boats, hand-finished set',
    category: 'books-games',
    condition: 'new',
    attributes: { type: 'board-game', publisher: 'Tidewrack', players: '2–5' },
    town: 'faenza',
    ways: [union('0.003'), world('0.006')],
    price: '0.017',
    symbol: 'ETH',
    quantity: 6,
    photos: ['board-game-1', 'board-game-2'],
    description: paragraphs(
      'Islands rise and drown, the harbour fills, and whoever reads the tide best goes home with the salt. A friend of mine designed it; I cut and painted the boats. Two to four players, about an hour, and nobody is knocked out before the end.',
      'You get nineteen thick island tiles, twelve beech boats, forty resource cubes, sixty cards, two dice and a rule book of eight pages that you can learn from in ten minutes. Rules in English and Italian.',
      'The boats are painted by hand, so no two are quite alike, and the box lid of this first run is printed a shade darker than we meant. Unopened apart from the one in the pictures, which stays here.',
    ),
  },
  {
    key: 'lens',
    seller: 'ada',
    title: 'Halcyon 50mm f/1.4 lens, cleaned and re-greased',
    category: 'cameras',
    condition: 'good',
    attributes: { type: 'lens', brand: 'Halcyon', model: '50mm f/1.4', format: 'full-frame' },
    town: 'uppsala',
    ways: [letter('0.002'), world('0.005')],
    price: '0.068',
    symbol: 'ETH',
    quantity: 1,
    photos: ['lens-1', 'lens-2'],
    description: paragraphs(
      'A heavy, honest normal lens from the early seventies. Wide open it glows a little; by f/2.8 it is as sharp as anything I own. I had it apart in March: old grease out, new in, and the focus now turns with one finger and stays where you leave it.',
      'Blades are dry and snappy. Glass is clear of haze and fungus. There are three fine cleaning marks on the front element, which I could only photograph by holding a torch at a silly angle and have never seen in a picture.',
      'Bayonet mount for the Kestrel bodies; thin adapters for mirrorless cameras are easy to find. Comes with both caps, one of which is from another maker.',
    ),
  },
  {
    key: 'headphones',
    seller: 'ada',
    title: 'Open-back studio headphones, brass grilles, 80 Ω',
    category: 'audio',
    condition: 'like-new',
    attributes: { type: 'headphones', connection: 'wired', color: 'gold' },
    town: 'uppsala',
    ways: [home('SE', '0'), union('12')],
    pickup: true,
    price: '236',
    symbol: 'tUSD',
    quantity: 5,
    photos: ['headphones-1', 'headphones-2'],
    description: paragraphs(
      'From a mastering room that went over to loudspeakers. Wide and calm, no hump in the bass; voices sit where they were recorded. At 80 Ω a laptop drives them, though a small amplifier wakes them up.',
      'I measured every pair against a calibrated coupler: left and right agree within 1 dB from 40 Hz to 8 kHz. The plot for your pair is in the box. New ear cushions and a new braided cable, 3 m, with a 6.3 mm adapter.',
      'The leather of the band has the soft creases of two years’ use, and the brass will go on darkening where fingers touch it. They leak sound both ways, so they are not for the train.',
    ),
  },
  {
    key: 'tea-set',
    seller: 'chiara',
    title: 'Celadon teapot with three cups, wood-fired stoneware',
    category: 'home',
    condition: 'new',
    attributes: { type: 'tableware', material: 'Stoneware', color: 'green' },
    town: 'faenza',
    ways: [home('IT', '6'), world('28')],
    price: '96',
    symbol: 'tUSD',
    quantity: 5,
    photos: ['tea-1', 'tea-2'],
    description: paragraphs(
      'Thrown on my wheel and fired for two days in the shared kiln up the hill. The glaze is a soft grey-green with iron specks that come up out of the clay by themselves. The pot holds 0.8 litres, the cups 120 ml each, and the handle is steamed cane that stays cool.',
      'It pours clean: I drill the strainer holes one by one and throw away every pot that drips. The feet are left unglazed and smoothed so that they do not mark a table.',
      'Every firing differs, so yours will be a shade greener or greyer than the picture. Wash by hand because of the cane. The walnut tray is not included; ask me if you would like one.',
    ),
  },
  {
    key: 'synth',
    seller: 'ada',
    title: 'Aurelia model 37 analogue synthesiser, serviced and in tune',
    category: 'instruments',
    condition: 'fair',
    attributes: { type: 'synthesizer', brand: 'Aurelia', model: '37' },
    town: 'uppsala',
    ways: [some('Crate, insured', 'SE NO DK FI DE', '0.015')],
    pickup: true,
    price: '0.46',
    symbol: 'ETH',
    quantity: 1,
    photos: ['synth-1', 'synth-2'],
    description: paragraphs(
      'One voice, two oscillators, a filter that growls. It arrived dead from a school in Gävle; it leaves with a rebuilt power supply, new key contacts, cleaned sliders and a tuning that holds over an evening once it has been on for fifteen minutes.',
      'What is not perfect: the drift knob crackles over the last few degrees, the teak cheek on the right has a filled chip, and one of the black keys sits half a millimetre higher than its neighbours. None of it can be heard.',
      'The service notes, the old parts in a bag and a photocopy of the schematics come with it. It weighs 11 kg and goes double-boxed. If you can come by Uppsala and play it first, even better.',
    ),
  },
  {
    key: 'lamp',
    seller: 'chiara',
    title: 'Walnut table lamp, turned by hand, linen shade',
    category: 'home',
    condition: 'new',
    attributes: { type: 'lighting', material: 'Walnut, linen', color: 'brown', height: '48' },
    town: 'faenza',
    ways: [union('0.004')],
    price: '0.058',
    symbol: 'ETH',
    quantity: 6,
    photos: ['lamp-1', 'lamp-2'],
    description: paragraphs(
      'Turned from a walnut that a storm took down near Brisighella in 2019, dried for four years, finished with three coats of oil and wax. 54 cm tall with the shade, and heavy enough that a cat will not move it.',
      'The shade is natural linen over a steel ring and gives the light you see in the picture with an ordinary warm bulb (E27, up to 60 W, bulb included). Brass pull chain, cloth cable of 2 m, European plug.',
      'The grain is what the tree made it: some bases are nearly plain, some are as wild as this one. There may be a pin knot. If you care which, say so with your order and I will send a picture before it leaves.',
    ),
  },
  {
    key: 'keyboard',
    seller: 'bruno',
    title: 'Mechanical keyboard, 75 %, cream and sage, hot-swap',
    category: 'computers',
    condition: 'like-new',
    attributes: { type: 'keyboard', layout: 'uk', color: 'beige' },
    town: 'porto',
    ways: [home('PT', '0.001'), union('0.0035')],
    price: '0.049',
    symbol: 'ETH',
    quantity: 3,
    photos: ['keyboard-1', 'keyboard-2'],
    description: paragraphs(
      'I build a handful of these every winter. Aluminium case, brass weight, a plate of polycarbonate so that it sounds like rain on a tent rather than a typewriter. Linear switches, lubricated by hand; pull them out and try your own if you disagree with my taste.',
      'The caps are thick PBT with the letters dyed in, so nothing will rub off. US layout, reprogrammable in the browser, with the coiled cable from the picture.',
      'Each has been typed on for a week to find rattles, hence like new and not new. On one of the three the anodising has a pale speck under the space bar, which you will see only when cleaning it.',
    ),
  },
  {
    key: 'guitar',
    seller: 'chiara',
    title: 'Steel-string acoustic guitar, solid spruce top, 1994',
    category: 'instruments',
    condition: 'good',
    attributes: { type: 'guitar', hand: 'right', material: 'Solid spruce', year: '1994' },
    town: 'faenza',
    ways: [some('Hard case, by courier', 'IT AT CH', '0.012')],
    pickup: true,
    price: '0.29',
    symbol: 'ETH',
    quantity: 1,
    photos: ['guitar-1', 'guitar-2'],
    description: paragraphs(
      'Built by a small workshop in Cremona that mostly makes violins, and you can tell from the purfling. Solid spruce top gone honey-coloured, rosewood sides and fingerboard, tortoise guard. Thirty years old and thoroughly played in: it answers the softest touch.',
      'A luthier set it up in January: frets levelled, new bone saddle, action 2.2 mm at the twelfth fret on the low E. The neck is straight and the truss rod turns both ways.',
      'There is a closed hairline in the top below the bridge, cleated from inside in 2008 and stable ever since, some buckle wear on the back and the dings a guitar collects. New strings. Comes in a hard case whose middle latch is stubborn.',
    ),
  },
  {
    key: 'turntable',
    seller: 'ada',
    title: 'Meridian belt-drive record player, walnut plinth, 1978',
    category: 'audio',
    condition: 'good',
    attributes: { type: 'turntable', brand: 'Meridian', color: 'brown', year: '1978' },
    town: 'uppsala',
    ways: [some('Double box', 'SE DK FI', '24')],
    pickup: true,
    price: '340',
    symbol: 'tUSD',
    quantity: 1,
    photos: ['turntable-1', 'turntable-2'],
    description: paragraphs(
      'The quiet kind: a heavy platter, a soft belt and a motor that you have to put your ear against to hear. New belt, new oil in the bearing, speed set with a strobe (within 0.1 % at 33⅓ and 45), all contacts cleaned.',
      'The cartridge is a modern moving magnet with about forty hours on it, aligned and weighed at 1.8 g. The tone arm floats freely in both planes. Signal cable replaced with a decent one, earth wire included.',
      'The walnut has a pale ring of a plant pot near the back edge which the lamp in my picture is kind to, and there is no dust cover: it was cracked when it came to me, and I would rather sell none than a bad one. The record stays here.',
    ),
  },
  {
    key: 'bicycle',
    seller: 'bruno',
    title: 'Fellroad gravel bicycle, steel, size 56, sage green',
    category: 'bicycles',
    condition: 'good',
    attributes: {
      type: 'gravel',
      brand: 'Fellroad',
      frame: '56',
      wheel: '28',
      'frame-material': 'steel',
      brakes: 'disc-hydraulic',
      color: 'green',
    },
    town: 'porto',
    ways: [some('Boxed, by courier', 'PT ES', '45')],
    pickup: true,
    price: '1290',
    symbol: 'tUSD',
    quantity: 1,
    instalments: { depositBps: 2_000, days: 30 },
    photos: ['bicycle-1', 'bicycle-2', 'bicycle-3'],
    description: paragraphs(
      'Two years and about 4,100 km, nearly all of it on forest roads behind Valongo. Double-butted steel frame, steel fork, size 56 (I am 1.81 m with long legs). One chainring with a wide cassette, so you can climb anything slowly.',
      'Fresh in April: chain, cassette, brake pads, bar tape, sealant. The tyres have half their life left, the wheels are true, the headset and the bottom bracket turn like new. Leather saddle, broken in, to a shape that may or may not be yours.',
      'Scratches: a thumbnail-sized chip on the right chainstay, touched up; cable rub at the head tube under clear tape; the outside of the left crank is scuffed. No dents, never crashed. Bottle included, pedals are the plain flat ones in the picture. I take it apart and box it properly: you need a 5 mm key and ten minutes.',
    ),
  },
  {
    key: 'camera',
    seller: 'ada',
    title: 'Kestrel K-2 35mm film camera with 50mm f/1.8, serviced',
    category: 'cameras',
    condition: 'good',
    attributes: { type: 'slr', brand: 'Kestrel', model: 'K-2', format: 'film-35mm', color: 'silver' },
    town: 'uppsala',
    ways: [letter('0.002'), world('0.004')],
    price: '0.11',
    symbol: 'ETH',
    quantity: 1,
    photos: ['camera-1', 'camera-2'],
    description: paragraphs(
      'The camera I hand to people who ask where to start. All mechanical, so it works without a battery; the battery is only for the meter, which I have adjusted for cells that you can still buy. Shutter times measured in May: 1/1000 is really 1/870, everything else within a sixth of a stop.',
      'New light seals, mirror foam and leatherette. The finder is clean and bright, with one speck of dust that I chased for an hour and lost to. The 50mm f/1.8 is clear and sharp.',
      'Brassing on the edges of the top plate and a small dent in the bottom plate near the tripod thread, from before my time. Strap of Swedish leather, a fresh battery and the bench report included. I shoot one test roll with every body; the negatives come along.',
    ),
  },
]

/** In the order they are published: the last one is the newest and leads the market. */
export const listings: readonly SeedListing[] = [...moreListings, ...storied]
