import type { Category } from '@fairhold/protocol/listing/vocabulary'

const words = (text: string): readonly string[] => text.trim().split(/\s*,\s*/)

/** What is sold in each category, and by which makers. The first ones are the commonest. */
export const goods: Readonly<Record<Category, { things: readonly string[]; brands: readonly string[] }>> = {
  cameras: {
    things: words(
      'camera, lens, tripod, film camera, flash, camera bag, light meter, drone, zoom lens, binoculars, projector, memory card, rangefinder, action camera, macro lens',
    ),
    brands: words(
      'Canon, Nikon, Sony, Fujifilm, Leica, Olympus, Pentax, Panasonic, Minolta, Sigma, Tamron, Zeiss, Manfrotto, Rollei',
    ),
  },
  bicycles: {
    things: words(
      'road bike, mountain bike, city bike, folding bike, touring bicycle, kids bike, wheelset, saddle, crankset, bike lock, helmet, pannier, gravel bike, handlebar, bike light',
    ),
    brands: words(
      'Trek, Giant, Specialized, Cube, Koga, Brompton, Canyon, Scott, Bianchi, Gazelle, Shimano, Campagnolo, Brooks, Ortlieb',
    ),
  },
  audio: {
    things: words(
      'headphones, turntable, amplifier, speakers, microphone, earbuds, receiver, cassette deck, soundbar, record, subwoofer, mixer, headphone stand, radio, equalizer',
    ),
    brands: words(
      'Sony, Bose, Sennheiser, Technics, Marantz, JBL, Pioneer, Yamaha, Denon, Shure, Beyerdynamic, Sonos, Rotel, Grado',
    ),
  },
  computers: {
    things: words(
      'laptop, monitor, keyboard, graphics card, mouse, desktop computer, tablet, printer, router, hard drive, webcam, docking station, mechanical keyboard, power supply, motherboard',
    ),
    brands: words('Apple, Dell, Lenovo, HP, Asus, Acer, Logitech, Samsung, Microsoft, MSI, Corsair, Brother, Synology, Intel'),
  },
  phones: {
    things: words(
      'smartphone, phone case, charger, smartwatch, phone, screen protector, power bank, headset, charging cable, fitness tracker, phone holder, feature phone, watch strap, tablet pen, adapter',
    ),
    brands: words(
      'Apple, Samsung, Google, Xiaomi, OnePlus, Nokia, Sony, Motorola, Garmin, Fairphone, Huawei, Anker, Fitbit, Honor',
    ),
  },
  home: {
    things: words(
      'sofa, lamp, dining table, chair, bookshelf, rug, espresso machine, blender, vacuum cleaner, mirror, desk, bed frame, curtain, frying pan, vase, cabinet, blanket, tea set',
    ),
    brands: words(
      'Ikea, Bosch, Philips, Miele, Dyson, KitchenAid, Habitat, Muji, Vitra, Artek, Delonghi, Tefal, Siemens, Le Creuset',
    ),
  },
  fashion: {
    things: words(
      'winter jacket, sneakers, dress, leather boots, jeans, handbag, wool coat, t-shirt, scarf, rain jacket, sunglasses, belt, skirt, hoodie, running shoes, shirt, watch, backpack',
    ),
    brands: words(
      'Nike, Adidas, Levis, Zara, Patagonia, Barbour, Clarks, Ralph Lauren, Puma, Converse, Vans, Carhartt, Birkenstock, Arcteryx',
    ),
  },
  instruments: {
    things: words(
      'acoustic guitar, electric guitar, piano, violin, synthesizer, drum kit, guitar pedal, ukulele, bass guitar, saxophone, flute, cello, accordion, guitar case, midi controller',
    ),
    brands: words('Yamaha, Fender, Gibson, Roland, Korg, Casio, Ibanez, Martin, Taylor, Boss, Steinway, Selmer, Hohner, Moog'),
  },
  'books-games': {
    things: words(
      'novel, board game, video game, comic, cookbook, puzzle, console, textbook, card game, atlas, game controller, picture book, dictionary, poetry collection, role playing game',
    ),
    brands: words(
      'Penguin, Nintendo, Lego, Sony, Hasbro, Ravensburger, Taschen, Kosmos, Marvel, Oxford, Springer, Sega, Suhrkamp, Reclam',
    ),
  },
  outdoor: {
    things: words(
      'tent, sleeping bag, backpack, hiking boots, climbing rope, kayak, stove, skis, fishing rod, head torch, hammock, snowboard, camping chair, water bottle, compass, wetsuit',
    ),
    brands: words(
      'Vaude, Deuter, Salewa, Mammut, Osprey, Hilleberg, MSR, Petzl, Lowa, Thermarest, Salomon, Fjällräven, Black Diamond, Jack Wolfskin',
    ),
  },
}

export const colors = words(
  'black, white, blue, red, grey, green, brown, silver, beige, yellow, pink, orange, purple, gold, olive, navy',
)
export const qualities = words(
  'vintage, compact, light, rare, large, small, waterproof, professional, wireless, handmade, classic, sturdy, foldable, refurbished, limited edition, leather, wooden, steel',
)
export const sizes = words(
  'size M, size L, size S, 42, 38, 56 cm, 27 inch, 16 GB, 500 GB, 2 litres, 35 mm, 1.5 m, XL, 12 V, 750 W, 13 inch',
)

/** Sentences of descriptions; what is in braces is filled in. */
export const sentences = [
  'Bought {years} years ago and used {often}.',
  'Works as it should; I tested it {day}.',
  'There is a small scratch on the {part}, see the photos.',
  'Comes with the {extra} and the original box.',
  'The {part} was replaced by a workshop last {season}.',
  'I am selling it because we are moving to {name}.',
  'Smoke free home, one careful owner.',
  'The {color} one in the photos is exactly what you get.',
  'No returns without reason, but ask me anything before you buy.',
  'A gift that was never used, still in its packaging.',
  'Compatible with {brand} {thing} from the {model} series.',
  'My {person} took it to {name} once and it did well.',
  'The {extra} is missing, which is why the price is low.',
  'Battery holds for about {years} hours.',
  'Cleaned, checked and ready for {use}.',
  'Ships the same day, well packed, with tracking.',
  'Ideal for beginners and for {use}.',
  'I have two of them and need only one.',
  'Serial {model}, made in {name}.',
  'The sound and the finish are better than of anything new at this price.',
  'Measurements are in the last photo; the weight is about {years} kilograms.',
  'Some wear at the {part}, nothing that touches its function.',
] as const

export const fills: Readonly<Record<string, readonly string[]>> = {
  often: words('every day, on weekends, twice, hardly ever, for one season, carefully, in a studio'),
  day: words('yesterday, this morning, last week, before taking the photos'),
  part: words('back, left side, handle, base, frame, strap, display, corner, zip, sole, lid, hinge, cable'),
  extra: words('manual, charger, receipt, case, remote control, cover, second battery, strap, set of screws, bag'),
  season: words('spring, summer, autumn, winter'),
  person: words('daughter, father, neighbour, partner, grandmother, colleague, brother'),
  use: words('travel, the garden, a small flat, school, long days outside, the studio, winter, a first try'),
}
