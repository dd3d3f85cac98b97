package privacy

// A Type is a kind of private data.
type Type uint8

// The kinds of private data that are found.
const (
	_ Type = iota

	ResidentID          // resident identity card of the mainland, 18 characters (GB 11643)
	OldResidentID       // the same of 15 digits, issued until 1999; only after a label, as it has no check digit
	ResidencePermit     // residence permit for residents of Hong Kong, Macau and Taiwan, 18 characters
	PermanentResident   // permanent residence card for foreigners, 18 characters or 3 letters and 12 digits
	HongKongMacauPermit // mainland travel permit for residents of Hong Kong and Macau, 回乡证
	TaiwanPermit        // mainland travel permit for residents of Taiwan, 台胞证
	RegionalID          // identity card of Hong Kong, Macau or Taiwan
	Passport            // Chinese passport
	MilitaryID          // card of an officer or soldier
	DriverFile          // file number of a driving licence; the number of the licence itself is a ResidentID
	Mobile              // mobile phone of the mainland
	Landline            // fixed line of the mainland
	ForeignPhone        // phone number with the country code of another place, Hong Kong, Macau and Taiwan included
	Hotline             // 400 and 800 number: a company's, not private
	BankCard            // card of a bank
	CreditCode          // unified social credit code (GB 32100): an organisation's, private for sole traders
	OrganisationCode    // organisation code (GB 11714)
	Plate               // licence plate of a vehicle
	VIN                 // vehicle identification number
	IMEI                // identity of a phone
	DeviceID            // identity that an app sees of a device: OAID, IDFA
	MAC                 // address of a network interface
	IPv4                // internet address
	IPv6                // internet address
	Email               // e-mail address; with Chinese characters before the @ only behind a label
	QQ                  // QQ number
	WeChat              // WeChat ID
	OpenID              // ID of a WeChat user within an app
	Coordinates         // longitude and latitude in and around China
	Name                // name of a person
	Address             // postal address, from its first division to the door
	BirthDate           // date of birth

	typeCount
)

// typeNames are what users read, and what placeholders are called.
var typeNames = [typeCount]string{
	ResidentID: "身份证号", OldResidentID: "旧身份证号", ResidencePermit: "居住证号", PermanentResident: "永居证号",
	HongKongMacauPermit: "回乡证号", TaiwanPermit: "台胞证号", RegionalID: "港澳台身份证号", Passport: "护照号",
	MilitaryID: "军人证件号", DriverFile: "驾驶证档案编号", Mobile: "手机号", Landline: "座机号", ForeignPhone: "境外电话",
	Hotline: "服务热线", BankCard: "银行卡号", CreditCode: "信用代码", OrganisationCode: "机构代码", Plate: "车牌号",
	VIN: "车架号", IMEI: "手机串号", DeviceID: "设备标识", MAC: "网卡地址", IPv4: "IP地址", IPv6: "IPv6地址",
	Email: "邮箱", QQ: "QQ号", WeChat: "微信号", OpenID: "微信标识", Coordinates: "坐标", Name: "姓名",
	Address: "地址", BirthDate: "出生日期",
}

// String returns the Chinese name of the type, such as 手机号.
func (t Type) String() string {
	if t == 0 || t >= typeCount {
		return "未知类型"
	}
	return typeNames[t]
}

// Types is a set of types.
type Types uint64

// TypesOf returns the set of the types given.
func TypesOf(types ...Type) Types {
	var set Types
	for _, t := range types {
		set |= 1 << t
	}
	return set
}

// AllTypes is the set of all types.
const AllTypes Types = 1<<typeCount - 2

// Has reports whether the type is in the set.
func (set Types) Has(t Type) bool { return set>>t&1 != 0 }

// Without returns the set less the types given.
func (set Types) Without(types ...Type) Types { return set &^ TypesOf(types...) }
