package quantity

// Unit is a unit of measurement, a measure word or a currency. The zero value is no unit. The constants
// name the units of fixed size; [Currency] and [ParseUnit] give the others.
type Unit uint16

// The units of fixed size.
const (
	_ Unit = iota

	Metre
	Kilometre
	Decimetre
	Centimetre
	Millimetre
	Micrometre
	Li    // 里, 500 m
	Zhang // 丈
	Chi   // 尺
	Cun   // 寸
	Mile
	Yard
	Foot
	Inch
	NauticalMile

	Gram
	Kilogram
	Milligram
	Tonne
	Jin    // 斤, 500 g
	Liang  // 两, 50 g
	TaiJin // 台斤, 600 g
	Carat  // 克拉
	Pound  // avoirdupois
	Ounce  // avoirdupois

	Litre
	Millilitre
	CubicMetre
	CubicCentimetre
	Gallon // US

	SquareMetre
	SquareKilometre
	SquareCentimetre
	Mu // 亩
	Hectare
	Acre
	SquareFoot
	Ping // 坪

	Celsius
	Fahrenheit
	Kelvin

	MetrePerSecond
	KilometrePerHour
	MilePerHour
	Knot

	Byte
	Bit
	Kilobyte
	Megabyte
	Gigabyte
	Terabyte

	Second
	Millisecond
	Minute
	Hour
	Day
	Week

	Nanometre
	Picometre
	LightYear

	Microgram
	Qian    // 钱, 5 g
	Quintal // 公担, 100 kg
	Stone
	Grain

	Decilitre
	Centilitre
	CubicKilometre
	CubicDecimetre
	CubicMillimetre
	CubicFoot
	CubicInch
	CubicYard
	Quart      // US
	Pint       // US
	FluidOunce // US
	Tablespoon // 15 ml
	Teaspoon   // 5 ml
	Barrel     // of oil

	SquareMillimetre
	SquareDecimetre
	SquareMile
	SquareYard
	SquareInch
	Are
	Qing // 顷, 100 亩

	KilometrePerSecond
	KilometrePerMinute
	MetrePerMinute
	MetrePerHour
	CentimetrePerSecond
	FootPerSecond
	Mach

	Petabyte
	Exabyte
	Kilobit
	Megabit
	Gigabit
	Terabit

	Degree // of an angle
	Radian // with π to 12 decimals

	Watt
	Kilowatt
	Megawatt
	Gigawatt
	Horsepower // metric

	Joule
	Kilojoule
	Megajoule
	Calorie
	Kilocalorie
	KilowattHour

	Pascal
	Hectopascal
	Kilopascal
	Megapascal
	Bar
	Atmosphere
	MillimetreOfMercury

	Hertz
	Kilohertz
	Megahertz
	Gigahertz

	Volt
	Millivolt
	Kilovolt

	Ampere
	Milliampere

	MilliampereHour
	AmpereHour

	Newton
	Kilonewton

	YearOld
	MonthOld
	WeekOld
	DayOld
)

// unitData describes a unit: amount*scale + offset is the amount in the base unit of its dimension.
type unitData struct {
	name      string
	dimension Dimension
	scale     ratio
	offset    ratio
	aliases   string // beside the name, separated by blanks, with _ for a blank; see the package comment on case
}

// units is the table of the units of fixed size by Unit, in simplified characters: the text is folded before
// they are looked for. The base units are m, g, l, m², K, m/s, byte, second, degree, W, J, Pa, Hz, V, A, mAh, N
// and year.
var units = [...]unitData{
	0: {name: "无单位"},

	Metre:        {"米", Length, ratio{1, 1}, ratio{}, "公尺 m meter metre"},
	Kilometre:    {"公里", Length, ratio{1000, 1}, ratio{}, "千米 km kilometer kilometre ㎞"},
	Decimetre:    {"分米", Length, ratio{1, 10}, ratio{}, "公寸 dm decimeter decimetre"},
	Centimetre:   {"厘米", Length, ratio{1, 100}, ratio{}, "釐米 公分 cm centimeter centimetre ㎝"},
	Millimetre:   {"毫米", Length, ratio{1, 1000}, ratio{}, "公厘 公釐 mm millimeter millimetre ㎜ 公釐"},
	Micrometre:   {"微米", Length, ratio{1, 1_000_000}, ratio{}, "μm µm um micrometer micrometre micron"},
	Li:           {"里", Length, ratio{500, 1}, ratio{}, "华里 華里 里地 里路"},
	Zhang:        {"丈", Length, ratio{10, 3}, ratio{}, ""},
	Chi:          {"尺", Length, ratio{1, 3}, ratio{}, "市尺"},
	Cun:          {"寸", Length, ratio{1, 30}, ratio{}, "市寸"},
	Mile:         {"英里", Length, ratio{1609344, 1000}, ratio{}, "英哩 哩 mi mile miles"},
	Yard:         {"码", Length, ratio{9144, 10000}, ratio{}, "碼 yd yard yards"},
	Foot:         {"英尺", Length, ratio{3048, 10000}, ratio{}, "英呎 呎 ft feet foot 英尺"},
	Inch:         {"英寸", Length, ratio{254, 10000}, ratio{}, "英吋 吋 in inch inches"},
	NauticalMile: {"海里", Length, ratio{1852, 1}, ratio{}, "海哩 浬 nmi nautical_mile"},

	Gram:      {"克", Mass, ratio{1, 1}, ratio{}, "公克 g gram gramme"},
	Kilogram:  {"公斤", Mass, ratio{1000, 1}, ratio{}, "千克 kg kilogram kilo ㎏"},
	Milligram: {"毫克", Mass, ratio{1, 1000}, ratio{}, "mg milligram ㎎"},
	Tonne:     {"吨", Mass, ratio{1_000_000, 1}, ratio{}, "噸 公吨 公噸 t ton tonne metric_ton"},
	Jin:       {"斤", Mass, ratio{500, 1}, ratio{}, "市斤"},
	Liang:     {"两", Mass, ratio{50, 1}, ratio{}, "兩"},
	TaiJin:    {"台斤", Mass, ratio{600, 1}, ratio{}, "臺斤"},
	Carat:     {"克拉", Mass, ratio{1, 5}, ratio{}, "卡拉 ct carat"},
	Pound:     {"磅", Mass, ratio{45359237, 100_000}, ratio{}, "lb lbs pound 英磅"},
	Ounce:     {"盎司", Mass, ratio{28349523125, 1_000_000_000}, ratio{}, "安士 oz ounce 英两 唡"},

	Litre:           {"升", Volume, ratio{1, 1}, ratio{}, "公升 L l liter litre 立升"},
	Millilitre:      {"毫升", Volume, ratio{1, 1000}, ratio{}, "ml cc milliliter millilitre ㏄ mℓ"},
	CubicMetre:      {"立方米", Volume, ratio{1000, 1}, ratio{}, "立方公尺 m³ m3 cubic_meter cubic_metre 立方 个立方 ㎥"},
	CubicCentimetre: {"立方厘米", Volume, ratio{1, 1000}, ratio{}, "立方公分 cm³ cm3 cubic_centimeter cubic_centimetre"},
	Gallon:          {"加仑", Volume, ratio{3785411784, 1_000_000_000}, ratio{}, "加侖 gal gallon"},

	SquareMetre:      {"平方米", Area, ratio{1, 1}, ratio{}, "平 个平方 个平米 平米 平方公尺 平方 m² m2 ㎡ square_meter square_metre"},
	SquareKilometre:  {"平方公里", Area, ratio{1_000_000, 1}, ratio{}, "平方千米 km² km2 square_kilometer square_kilometre ㎢"},
	SquareCentimetre: {"平方厘米", Area, ratio{1, 10_000}, ratio{}, "平方公分 平方釐米 cm² cm2 square_centimeter square_centimetre"},
	Mu:               {"亩", Area, ratio{2000, 3}, ratio{}, "畝"},
	Hectare:          {"公顷", Area, ratio{10_000, 1}, ratio{}, "公頃 ha hectare"},
	Acre:             {"英亩", Area, ratio{40468564224, 10_000_000}, ratio{}, "英畝 acre"},
	SquareFoot:       {"平方英尺", Area, ratio{9290304, 100_000_000}, ratio{}, "平方英呎 平方呎 ft² ft2 square_foot square_feet 平方尺 平尺"},
	Ping:             {"坪", Area, ratio{400, 121}, ratio{}, ""},

	Celsius:    {"摄氏度", Temperature, ratio{1, 1}, ratio{27315, 100}, "攝氏度 ℃ °c 度 ° 摄氏° 攝氏° 摄氏 celsius 攝氏"},
	Fahrenheit: {"华氏度", Temperature, ratio{5, 9}, ratio{45967 * 5, 900}, "華氏度 ℉ °f 华氏° 華氏° 华氏 fahrenheit"},
	Kelvin:     {"开尔文", Temperature, ratio{1, 1}, ratio{}, "開爾文 开氏度 开氏 kelvin"},

	MetrePerSecond:   {"米每秒", Speed, ratio{1, 1}, ratio{}, "米/秒 公尺/秒 m/s meter_per_second metre_per_second 公尺每秒"},
	KilometrePerHour: {"公里每小时", Speed, ratio{5, 18}, ratio{}, "公里每小時 千米每小时 公里/小时 公里/小時 公里/时 公里/時 千米/小时 千米/时 km/h kmh kph 迈 邁 kilometer_per_hour kilometre_per_hour 公里每时 千米每时 公里/h"},
	MilePerHour:      {"英里每小时", Speed, ratio{44704, 100_000}, ratio{}, "英哩每小時 英里/小时 英里/时 mph mile_per_hour"},
	Knot:             {"节", Speed, ratio{463, 900}, ratio{}, "海里每小时 海里/小时 kn knot"},

	Byte:     {"字节", DataSize, ratio{1, 1}, ratio{}, "字節 位元組 B byte"},
	Bit:      {"比特", DataSize, ratio{1, 8}, ratio{}, "位元 bit"},
	Kilobyte: {"KB", DataSize, ratio{1 << 10, 1}, ratio{}, "kb kib 千字节 kilobyte"},
	Megabyte: {"MB", DataSize, ratio{1 << 20, 1}, ratio{}, "mb mib 兆 兆字节 M megabyte"},
	Gigabyte: {"GB", DataSize, ratio{1 << 30, 1}, ratio{}, "gb gib 吉字节 G gigabyte"},
	Terabyte: {"TB", DataSize, ratio{1 << 40, 1}, ratio{}, "tb tib 太字节 T terabyte"},

	Second:      {"秒", Time, ratio{1, 1}, ratio{}, "秒钟 秒鐘 s second"},
	Millisecond: {"毫秒", Time, ratio{1, 1000}, ratio{}, "ms"},
	Minute:      {"分钟", Time, ratio{60, 1}, ratio{}, "分鐘 min minute"},
	Hour:        {"小时", Time, ratio{3600, 1}, ratio{}, "小時 钟头 鐘頭 h hour"},
	Day:         {"天", Time, ratio{86_400, 1}, ratio{}, "day"},
	Week:        {"周", Time, ratio{604_800, 1}, ratio{}, "週 星期 星期 礼拜 禮拜 week"},

	Nanometre: {"纳米", Length, ratio{1, 1_000_000_000}, ratio{}, "奈米 nm nanometer nanometre"},
	Picometre: {"皮米", Length, ratio{1, 1_000_000_000_000}, ratio{}, "picometer picometre"},
	LightYear: {"光年", Length, ratio{9_460_730_472_580_800, 1}, ratio{}, "ly light_year"},

	Microgram: {"微克", Mass, ratio{1, 1_000_000}, ratio{}, "μg µg ug mcg microgram"},
	Qian:      {"钱", Mass, ratio{5, 1}, ratio{}, "市钱"},
	Quintal:   {"公担", Mass, ratio{100_000, 1}, ratio{}, "quintal"},
	Stone:     {"英石", Mass, ratio{635029318, 100_000}, ratio{}, "stone"},
	Grain:     {"格令", Mass, ratio{6479891, 100_000_000}, ratio{}, "grain"},

	Decilitre:       {"分升", Volume, ratio{1, 10}, ratio{}, "dl deciliter decilitre"},
	Centilitre:      {"厘升", Volume, ratio{1, 100}, ratio{}, "cl centiliter centilitre"},
	CubicKilometre:  {"立方千米", Volume, ratio{1_000_000_000_000, 1}, ratio{}, "立方公里 km³ km3 cubic_kilometer cubic_kilometre"},
	CubicDecimetre:  {"立方分米", Volume, ratio{1, 1}, ratio{}, "dm³ dm3 cubic_decimeter cubic_decimetre"},
	CubicMillimetre: {"立方毫米", Volume, ratio{1, 1_000_000}, ratio{}, "mm³ mm3 cubic_millimeter cubic_millimetre"},
	CubicFoot:       {"立方英尺", Volume, ratio{28316846592, 1_000_000_000}, ratio{}, "立方呎 立方英呎 ft³ ft3 cubic_foot cubic_feet"},
	CubicInch:       {"立方英寸", Volume, ratio{16387064, 1_000_000_000}, ratio{}, "立方吋 立方英吋 in³ cubic_inch"},
	CubicYard:       {"立方码", Volume, ratio{764554857984, 1_000_000_000}, ratio{}, "cubic_yard"},
	Quart:           {"夸脱", Volume, ratio{946352946, 1_000_000_000}, ratio{}, "quart"},
	Pint:            {"品脱", Volume, ratio{473176473, 1_000_000_000}, ratio{}, "pint"},
	FluidOunce:      {"液量盎司", Volume, ratio{295735295625, 10_000_000_000_000}, ratio{}, "液盎司 fl_oz fluid_ounce"},
	Tablespoon:      {"汤匙", Volume, ratio{15, 1000}, ratio{}, "大匙 汤勺 tablespoon tbsp"},
	Teaspoon:        {"茶匙", Volume, ratio{5, 1000}, ratio{}, "小匙 teaspoon tsp"},
	Barrel:          {"桶油", Volume, ratio{158987294928, 1_000_000_000}, ratio{}, "桶原油 桶石油 bbl barrel"},

	SquareMillimetre: {"平方毫米", Area, ratio{1, 1_000_000}, ratio{}, "mm² mm2 square_millimeter square_millimetre"},
	SquareDecimetre:  {"平方分米", Area, ratio{1, 100}, ratio{}, "dm² dm2 square_decimeter square_decimetre"},
	SquareMile:       {"平方英里", Area, ratio{2589988110336, 1_000_000}, ratio{}, "平方哩 平方英哩 square_mile"},
	SquareYard:       {"平方码", Area, ratio{83612736, 100_000_000}, ratio{}, "square_yard"},
	SquareInch:       {"平方英寸", Area, ratio{64516, 100_000_000}, ratio{}, "平方吋 平方英吋 in² square_inch"},
	Are:              {"公亩", Area, ratio{100, 1}, ratio{}, "are"},
	Qing:             {"顷", Area, ratio{200_000, 3}, ratio{}, "市顷"},

	KilometrePerSecond:  {"公里每秒", Speed, ratio{1000, 1}, ratio{}, "千米每秒 公里/秒 千米/秒 km/s kilometer_per_second kilometre_per_second"},
	KilometrePerMinute:  {"公里每分钟", Speed, ratio{50, 3}, ratio{}, "千米每分钟 公里每分 千米每分 公里/分钟 千米/分钟 公里/分 千米/分 km/min kilometer_per_minute"},
	MetrePerMinute:      {"米每分钟", Speed, ratio{1, 60}, ratio{}, "米每分 米/分钟 米/分 公尺/分 m/min meter_per_minute"},
	MetrePerHour:        {"米每小时", Speed, ratio{1, 3600}, ratio{}, "米/小时 米/时 m/h meter_per_hour"},
	CentimetrePerSecond: {"厘米每秒", Speed, ratio{1, 100}, ratio{}, "厘米/秒 公分/秒 cm/s centimeter_per_second"},
	FootPerSecond:       {"英尺每秒", Speed, ratio{3048, 10000}, ratio{}, "英尺/秒 呎/秒 ft/s foot_per_second"},
	Mach:                {"马赫", Speed, ratio{340, 1}, ratio{}, "倍音速 倍声速 mach"},

	Petabyte: {"PB", DataSize, ratio{1 << 50, 1}, ratio{}, "pb pib 拍字节 petabyte"},
	Exabyte:  {"EB", DataSize, ratio{1 << 60, 1}, ratio{}, "eb eib 艾字节 exabyte"},
	Kilobit:  {"千比特", DataSize, ratio{1 << 7, 1}, ratio{}, "千位 kbit kilobit"},
	Megabit:  {"兆比特", DataSize, ratio{1 << 17, 1}, ratio{}, "兆位 mbit megabit"},
	Gigabit:  {"吉比特", DataSize, ratio{1 << 27, 1}, ratio{}, "吉位 gbit gigabit"},
	Terabit:  {"太比特", DataSize, ratio{1 << 37, 1}, ratio{}, "太位 tbit terabit"},

	Degree: {"角度", Angle, ratio{1, 1}, ratio{}, "度角 degree"},
	Radian: {"弧度", Angle, ratio{180_000_000_000_000, 3_141_592_653_590}, ratio{}, "rad radian"},

	Watt:       {"瓦", Power, ratio{1, 1}, ratio{}, "瓦特 W watt"},
	Kilowatt:   {"千瓦", Power, ratio{1000, 1}, ratio{}, "瓩 kw kilowatt"},
	Megawatt:   {"兆瓦", Power, ratio{1_000_000, 1}, ratio{}, "megawatt"},
	Gigawatt:   {"吉瓦", Power, ratio{1_000_000_000, 1}, ratio{}, "gw gigawatt"},
	Horsepower: {"马力", Power, ratio{73549875, 100_000}, ratio{}, "匹马力 hp ps horsepower"},

	Joule:        {"焦耳", Energy, ratio{1, 1}, ratio{}, "焦 J joule"},
	Kilojoule:    {"千焦", Energy, ratio{1000, 1}, ratio{}, "千焦耳 kj kilojoule"},
	Megajoule:    {"兆焦", Energy, ratio{1_000_000, 1}, ratio{}, "兆焦耳 megajoule"},
	Calorie:      {"卡路里", Energy, ratio{4184, 1000}, ratio{}, "小卡 cal calorie"},
	Kilocalorie:  {"千卡", Energy, ratio{4184, 1}, ratio{}, "大卡 千卡路里 kcal kilocalorie"},
	KilowattHour: {"千瓦时", Energy, ratio{3_600_000, 1}, ratio{}, "千瓦小时 度电 kwh kilowatt_hour"},

	Pascal:              {"帕斯卡", Pressure, ratio{1, 1}, ratio{}, "帕 pa pascal"},
	Hectopascal:         {"百帕", Pressure, ratio{100, 1}, ratio{}, "百帕斯卡 hpa hectopascal"},
	Kilopascal:          {"千帕", Pressure, ratio{1000, 1}, ratio{}, "千帕斯卡 kpa kilopascal"},
	Megapascal:          {"兆帕", Pressure, ratio{1_000_000, 1}, ratio{}, "兆帕斯卡 mpa megapascal"},
	Bar:                 {"巴", Pressure, ratio{100_000, 1}, ratio{}, "bar"},
	Atmosphere:          {"大气压", Pressure, ratio{101_325, 1}, ratio{}, "标准大气压 个大气压 atm atmosphere"},
	MillimetreOfMercury: {"毫米汞柱", Pressure, ratio{133_322_387_415, 1_000_000_000}, ratio{}, "毫米水银柱 mmhg"},

	Hertz:     {"赫兹", Frequency, ratio{1, 1}, ratio{}, "赫 hz hertz"},
	Kilohertz: {"千赫", Frequency, ratio{1000, 1}, ratio{}, "千赫兹 khz kilohertz"},
	Megahertz: {"兆赫", Frequency, ratio{1_000_000, 1}, ratio{}, "兆赫兹 mhz megahertz"},
	Gigahertz: {"吉赫", Frequency, ratio{1_000_000_000, 1}, ratio{}, "吉赫兹 ghz gigahertz"},

	Volt:      {"伏特", Voltage, ratio{1, 1}, ratio{}, "伏 V volt"},
	Millivolt: {"毫伏", Voltage, ratio{1, 1000}, ratio{}, "mv millivolt"},
	Kilovolt:  {"千伏", Voltage, ratio{1000, 1}, ratio{}, "kv kilovolt"},

	Ampere:      {"安培", Current, ratio{1, 1}, ratio{}, "A ampere"},
	Milliampere: {"毫安", Current, ratio{1, 1000}, ratio{}, "ma milliampere"},

	MilliampereHour: {"毫安时", Charge, ratio{1, 1}, ratio{}, "毫安小时 mah"},
	AmpereHour:      {"安时", Charge, ratio{1000, 1}, ratio{}, "安培小时 安培时"},

	Newton:     {"牛顿", Force, ratio{1, 1}, ratio{}, "N newton"},
	Kilonewton: {"千牛", Force, ratio{1000, 1}, ratio{}, "千牛顿"},

	YearOld:  {"岁", Age, ratio{1, 1}, ratio{}, "周岁 years_old year_old"},
	MonthOld: {"个月大", Age, ratio{1, 12}, ratio{}, "月大 月龄 months_old month_old"},
	WeekOld:  {"周大", Age, ratio{7, 365}, ratio{}, "星期大 个星期大 周龄 weeks_old week_old"},
	DayOld:   {"天大", Age, ratio{1, 365}, ratio{}, "日龄 天龄 日大 days_old day_old"},
}

// notAfter lists what must not follow a Chinese unit, since it then begins or belongs to another word.
var notAfter = map[Unit]string{
	Metre: "饭飯粉线線酒糕兰蘭", Li: "面边邊屯程弄约約", Chi: "寸度码碼", Cun: "头頭步心土", Gram: "服隆制里",
	Liang: "个個次天年本件位条條张張句下遍回岁歲口百千万萬分小点點三侧側边邊岸会會手头頭者国國种種家款场場名只隻",
	Pound: "礴", Litre: "级級学學职職起温溫值降旗", Celsius: "评評旋酒白散电電角转轉弯彎春假蜜过過娱量数數经經北南东東西",
	KilometrePerHour: "出进進向步入开開", Day: "气使才然空线上下生堂坛津国地", Week: "年岁歲边邊围圍期转轉刊报報",
	Megabyte: "元圆圓日美港赫瓦帕欧歐人", Yard: "头頭", Tonne: "位级級", Mu: "产產", Knot: "课課目约約省日奏车車假气氣",
	Zhang: "夫人母", Jin: "两兩", Second: "杀殺懂回变變", SquareMetre: "方均台静原凡安常等时局板民行整坦衡衍", CubicMetre: "体根和差", Qian: "包币财",
	Watt: "片解房罐砖器", Volt: "天击笔", Bar: "掌士黎西基结", Qing: "刻向", Pascal: "米", YearOld: "月末数",
	LightYear: "", Bit: "币幣", Centimetre: "", Millilitre: "", Gigabyte: "", DayOld: "学人楼厦会", MonthOld: "学", WeekOld: "学会",
}
