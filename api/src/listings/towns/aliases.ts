/** Names of well-known towns in other languages: GeoNames' number to what people may type. The tables have one name a town. */
export const aliases: Readonly<Record<number, readonly string[]>> = {
  2867714: ['München', 'Monaco di Baviera', 'Múnich', 'Munique'], // Munich
  2886242: ['Cologne', 'Colonia', 'Colônia', 'Keulen'], // Köln
  2861650: ['Nuremberg', 'Norimberga'], // Nürnberg
  2950159: ['Berlín', 'Berlino', 'Berlim', 'Berlijn'], // Berlin
  2911298: ['Hamburgo', 'Amburgo', 'Hambourg'], // Hamburg
  2925533: ['Francfort', 'Francoforte'], // Frankfurt am Main
  3247449: ['Aix-la-Chapelle', 'Aquisgrán', 'Aken'], // Aachen
  2935022: ['Dresde', 'Dresda'], // Dresden
  2879139: ['Lipsia'], // Leipzig
  2910831: ['Hanover', 'Hanovre'], // Hannover
  2945024: ['Brunswick'], // Braunschweig
  2874225: ['Mayence', 'Magonza', 'Maguncia'], // Mainz
  2821164: ['Trèves', 'Treviri'], // Trier
  2849483: ['Ratisbonne', 'Ratisbona'], // Regensburg
  2761369: ['Wien', 'Vienne', 'Viena', 'Wenen'], // Vienna
  2766824: ['Salzbourg', 'Salisburgo'], // Salzburg
  2267057: ['Lisboa', 'Lissabon', 'Lisbonne', 'Lisbona'], // Lisbon
  2735943: ['Oporto'], // Porto
  2740637: ['Coïmbre'], // Coimbra
  3117735: ['Madri'], // Madrid
  2510911: ['Seville', 'Siviglia', 'Séville'], // Sevilla
  3104324: ['Saragossa', 'Saragosse'], // Zaragoza
  2519240: ['Cordova', 'Cordoue'], // Córdoba
  3119841: ['La Coruña', 'Corunna'], // A Coruña
  3128760: ['Barcelone', 'Barcellona'], // Barcelona
  3110044: ['San Sebastián', 'Donostia'], // Donostia / San Sebastián
  2512989: ['Palma de Mallorca'], // Palma
  3169070: ['Roma', 'Rom'], // Rome
  3173435: ['Milano', 'Mailand', 'Milán', 'Milão'], // Milan
  3165524: ['Torino', 'Turín', 'Turim'], // Turin
  3176959: ['Firenze', 'Florenz', 'Florencia', 'Florença'], // Florence
  3164603: ['Venezia', 'Venedig', 'Venise', 'Venecia', 'Veneza'], // Venice
  3172394: ['Napoli', 'Neapel', 'Nápoles'], // Naples
  3176219: ['Genova', 'Genua', 'Gênes', 'Génova'], // Genoa
  3171728: ['Padua', 'Padoue'], // Padova
  3181928: ['Bologne', 'Bolonia'], // Bologna
  3181913: ['Bozen'], // Bolzano
  3165243: ['Trient'], // Trento
  3174659: ['Leghorn'], // Livorno
  3174051: ['Mantua'], // Mantova
  2523920: ['Palerme'], // Palermo
  2988507: ['Parigi', 'París', 'Parijs'], // Paris
  2973783: ['Straßburg', 'Strassburg', 'Estrasburgo', 'Strasburgo'], // Strasbourg
  2990440: ['Nizza', 'Niza'], // Nice
  2996944: ['Lione', 'Lyons'], // Lyon
  2995469: ['Marsiglia', 'Marsella', 'Marselha', 'Marseilles'], // Marseille
  2998324: ['Rijsel'], // Lille
  3031582: ['Burdeos'], // Bordeaux
  2972315: ['Tolosa'], // Toulouse
  2800866: ['Bruxelles', 'Brussel', 'Brüssel', 'Bruselas', 'Bruxelas'], // Brussels
  2803138: ['Antwerp', 'Anvers', 'Amberes', 'Anversa'], // Antwerpen
  2797656: ['Ghent', 'Gand', 'Gante'], // Gent
  2800931: ['Bruges', 'Brügge', 'Brujas'], // Brugge
  2792413: ['Lüttich', 'Luik', 'Lieja'], // Liège
  2792482: ['Louvain', 'Löwen', 'Lovaina'], // Leuven
  2791537: ['Malines'], // Mechelen
  2790471: ['Namen'], // Namur
  2790869: ['Bergen'], // Mons
  2794055: ['Courtrai'], // Kortrijk
  2747373: ['Den Haag', 'La Haye', 'La Haya', "'s-Gravenhage"], // The Hague
  2759794: ['Ámsterdam'], // Amsterdam
  2747351: ['Den Bosch', 'Bois-le-Duc'], // 's-Hertogenbosch
  2657896: ['Zurich', 'Zurigo'], // Zürich
  2661604: ['Bâle', 'Basilea', 'Basle'], // Basel
  2661552: ['Berne', 'Berna'], // Bern
  2659811: ['Lucerne'], // Luzern
  2659994: ['Losanna'], // Lausanne
  2660718: ['Freiburg im Üechtland'], // Fribourg
  3067696: ['Praha', 'Prag', 'Praga'], // Prague
  3078610: ['Brünn'], // Brno
  3068160: ['Plzeň'], // Pilsen
  756135: ['Warszawa', 'Warschau', 'Varsovie', 'Varsovia'], // Warsaw
  3094802: ['Cracow', 'Krakau', 'Cracovie', 'Cracovia'], // Kraków
  3081368: ['Breslau'], // Wrocław
  3099434: ['Danzig'], // Gdańsk
  3088171: ['Posen'], // Poznań
  3093133: ['Lodz'], // Łódź
  3054643: ['Budapeste'], // Budapest
  3060972: ['Pressburg'], // Bratislava
  3196359: ['Laibach', 'Lubiana'], // Ljubljana
  3186886: ['Agram', 'Zagabria'], // Zagreb
  3191648: ['Fiume'], // Rijeka
  3190261: ['Spalato'], // Split
  2618425: ['København', 'Kopenhagen', 'Copenhague', 'Copenaghen'], // Copenhagen
  2624652: ['Aarhus'], // Århus
  2711537: ['Gothenburg', 'Göteborg'], // Göteborg
  2673730: ['Estocolmo', 'Stoccolma'], // Stockholm
  2692969: ['Malmoe'], // Malmö
  3143244: ['Christiania'], // Oslo
  658225: ['Helsingfors'], // Helsinki
  633679: ['Åbo'], // Turku
  634963: ['Tammerfors'], // Tampere
  2964574: ['Dublín', 'Dublino', 'Baile Átha Cliath'], // Dublin
  2965140: ['Corcaigh'], // Cork
  2643743: ['Londres', 'Londra', 'Londen'], // London
  2650225: ['Edimburgo', 'Édimbourg', 'Edimburg'], // Edinburgh
  2653822: ['Caerdydd'], // Cardiff
  2655984: ['Béal Feirste'], // Belfast
  264371: ['Athína', 'Athen', 'Athènes', 'Atenas', 'Atene'], // Athens
  734077: ['Thessaloniki', 'Saloniki', 'Salonicco'], // Thessaloníki
  255274: ['Pireas', 'Piräus'], // Piraeus
  683506: ['București', 'Bukarest', 'Bucarest'], // Bucharest
  683844: ['Kronstadt'], // Braşov
  667268: ['Hermannstadt'], // Sibiu
  727011: ['Sofija', 'Sofía'], // Sofia
  792680: ['Beograd', 'Belgrad', 'Belgrado'], // Belgrade
  787657: ['Nis'], // Niš
  703448: ['Kiev', 'Kiew', 'Kyjiw'], // Kyiv
  702550: ['Lemberg', 'Lvov', 'Lwiw'], // Lviv
  698740: ['Odesa'], // Odessa
  593116: ['Wilna', 'Wilno'], // Vilnius
  456172: ['Rīga'], // Riga
  588409: ['Reval'], // Tallinn
  2960316: ['Luxemburg', 'Lussemburgo'], // Luxembourg
  745044: ['Estambul', 'Konstantinopel'], // Istanbul
  311046: ['Smyrna'], // İzmir
  524901: ['Moskva', 'Moskau', 'Moscou', 'Mosca', 'Moscú'], // Moscow
  498817: ['Sankt-Peterburg', 'Sankt Petersburg'], // Saint Petersburg
  1816670: ['Peking', 'Pékin', 'Pechino', 'Pequim'], // Beijing
  1796236: ['Schanghai'], // Shanghai
  1850147: ['Tokio', 'Tóquio'], // Tokyo
  1835848: ['Séoul', 'Seúl'], // Seoul
  360630: ['Kairo', 'Le Caire', 'El Cairo'], // Cairo
  5128581: ['New York', 'Nueva York', 'Nova York'], // New York City
  5391959: ['SF'], // San Francisco
  5368361: ['LA'], // Los Angeles
  3530597: ['Ciudad de México', 'Mexiko-Stadt', 'Mexico'], // Mexico City
  3448439: ['Sao Paolo', 'San Pablo'], // São Paulo
  3451190: ['Rio'], // Rio de Janeiro
  1275339: ['Bombay'], // Mumbai
  1277333: ['Bangalore'], // Bengaluru
  1275004: ['Calcutta', 'Kalkutta'], // Kolkata
  1264527: ['Madras'], // Chennai
  1566083: ['Saigon'], // Ho Chi Minh City
  2542997: ['Marrakech', 'Marrakesch'], // Marrakesh
  2553604: ['Dar el Beida'], // Casablanca
  2507480: ['Alger', 'Algier'], // Algiers
  2464470: ['Túnez', 'Tunisi'], // Tunis
  146268: ['Lefkosia', 'Nikosia'], // Nicosia
  2562305: ['La Valletta'], // Valletta
  2660646: ['Geneva', 'Genf', 'Ginebra', 'Ginevra', 'Genebra'], // Genève
  2523083: ['Syracuse', 'Syrakus'], // Siracusa
  2658576: ['Sion'], // Sitten
  2964180: ['Galway'], // Gaillimh
  98182: ['Bagdad'], // Baghdad
  108410: ['Riad'], // Riyadh
  112931: ['Teheran'], // Tehran
  170654: ['Damaskus'], // Damascus
  255683: ['Patras'], // Pátra
  261745: ['Heraklion'], // Irákleion
  400666: ['Rhodos', 'Rhodes'], // Ródos
  611717: ['Tiflis'], // Tbilisi
  616052: ['Jerewan'], // Yerevan
  706483: ['Charkiw'], // Kharkiv
  1512569: ['Taschkent'], // Tashkent
  1668341: ['Taipeh'], // Taipei
  1880252: ['Singapur'], // Singapore
  2659496: ['Neuenburg'], // Neuchâtel
  2750053: ['Nimwegen'], // Nijmegen
  2991214: ['Mülhausen'], // Mulhouse
  3069011: ['Olmütz'], // Olomouc
  3073803: ['Karlsbad'], // Karlovy Vary
  3077916: ['Budweis'], // České Budějovice
  3083829: ['Stettin'], // Szczecin
  3096472: ['Kattowitz'], // Katowice
  3181550: ['Brixen'], // Bressanone
  3369157: ['Kapstadt'], // Cape Town
  3553478: ['Havanna'], // Havana
}
