package route_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A planted value is private data of a class, under a label, as people write it.
type planted struct {
	class string // as policies call it
	label string
	value func(r *rand.Rand) string
}

// allPlanted has every class but those of organisations, which are nobody's.
var allPlanted = []planted{
	{"resident_id", "身份证号", func(r *rand.Rand) string { return identity(r, "110105") }},
	{"resident_id", "我的身份证", func(r *rand.Rand) string { v := identity(r, "310115"); return v[:6] + " " + v[6:14] + " " + v[14:] }},
	{"old_resident_id", "老身份证", func(r *rand.Rand) string {
		return "110105" + fmt.Sprintf("%02d%02d%02d", 40+r.IntN(50), 1+r.IntN(12), 1+r.IntN(28)) + digits(r, 3)
	}},
	{"residence_permit", "居住证", func(r *rand.Rand) string { return identity(r, "810000") }},
	{"permanent_resident", "永居证", func(r *rand.Rand) string { return identity(r, "911124") }},
	{"hong_kong_macau_permit", "回乡证", func(r *rand.Rand) string { return pick(r, "H", "M") + digits(r, 8) }},
	{"taiwan_permit", "台胞证号", func(r *rand.Rand) string { return nonzero(r) + digits(r, 7) }},
	{"regional_id", "香港身份证", hongKongID},
	{"passport", "护照号", func(r *rand.Rand) string { return "E" + digits(r, 8) }},
	{"military_id", "军官证", func(r *rand.Rand) string { return "军字第" + nonzero(r) + digits(r, 6) + "号" }},
	{"driver_file", "驾驶证档案编号", func(r *rand.Rand) string { return nonzero(r) + digits(r, 11) }},
	{"mobile", "手机号", mobile},
	{"mobile", "手机", func(r *rand.Rand) string { v := mobile(r); return v[:3] + " " + v[3:7] + " " + v[7:] }},
	{"mobile", "电话", func(r *rand.Rand) string { return fullWidth(mobile(r)) }},
	{"mobile", "电话", func(r *rand.Rand) string { return spelt(mobile(r)) }},
	{"landline", "座机", func(r *rand.Rand) string { return "010-6" + digits(r, 7) }},
	{"foreign_phone", "香港电话", func(r *rand.Rand) string { return "+852 9" + digits(r, 3) + " " + digits(r, 4) }},
	{"bank_card", "银行卡号", func(r *rand.Rand) string { return luhn("6222" + digits(r, 14)) }},
	{"bank_card", "卡号", func(r *rand.Rand) string {
		v := luhn("6217" + digits(r, 11))
		return v[:4] + " " + v[4:8] + " " + v[8:12] + " " + v[12:]
	}},
	{"plate", "车牌", func(r *rand.Rand) string {
		return pick(r, "京", "沪", "粤") + letters(r, 1, "ABCDEF") + digits(r, 5)
	}},
	{"vin", "车架号", vin},
	{"imei", "IMEI", func(r *rand.Rand) string { return luhn("86" + digits(r, 12)) }},
	{"device_id", "OAID", func(r *rand.Rand) string {
		h := func(n int) string { return letters(r, n, "0123456789abcdef") }
		return h(8) + "-" + h(4) + "-" + h(4) + "-" + h(4) + "-" + h(12)
	}},
	{"mac", "MAC地址", func(r *rand.Rand) string {
		var parts []string
		for range 6 {
			parts = append(parts, letters(r, 2, "0123456789ABCDEF"))
		}
		return strings.Join(parts, ":")
	}},
	{"ipv4", "IP", func(r *rand.Rand) string {
		return fmt.Sprintf("10.%d.%d.%d", 10+r.IntN(200), 10+r.IntN(200), 10+r.IntN(200))
	}},
	{"ipv6", "IPv6地址", func(r *rand.Rand) string {
		return fmt.Sprintf("2001:db8::%x:%x", 0x1000+r.IntN(0xefff), 0x1000+r.IntN(0xefff))
	}},
	{"email", "邮箱", func(r *rand.Rand) string { return letters(r, 8, "abcdefghijk") + "@example.com" }},
	{"qq", "QQ号", func(r *rand.Rand) string { return nonzero(r) + digits(r, 8) }},
	{"wechat", "微信号", func(r *rand.Rand) string { return "wx_" + letters(r, 8, "abcdefghjk") + digits(r, 2) }},
	{"openid", "openid", func(r *rand.Rand) string { return "o" + letters(r, 24, "abcdefghABCDEFGH0123456789") + "aB7" }},
	{"coordinates", "坐标", func(r *rand.Rand) string { return fmt.Sprintf("39.%s,116.%s", digits(r, 5), digits(r, 5)) }},
	{"name", "姓名", name},
	{"address", "地址", func(r *rand.Rand) string {
		return fmt.Sprintf("北京市海淀区学院路%d号%d号楼%d室", 100+r.IntN(899), 1+r.IntN(30), 101+r.IntN(800))
	}},
	{"birth_date", "出生日期", func(r *rand.Rand) string {
		return fmt.Sprintf("%d年%d月%d日", 1940+r.IntN(70), 1+r.IntN(12), 1+r.IntN(28))
	}},
}

// classOf is the name that policies have for a type.
var classOf = map[privacy.Type]string{
	privacy.ResidentID: "resident_id", privacy.OldResidentID: "old_resident_id", privacy.ResidencePermit: "residence_permit",
	privacy.PermanentResident: "permanent_resident", privacy.HongKongMacauPermit: "hong_kong_macau_permit", privacy.TaiwanPermit: "taiwan_permit",
	privacy.RegionalID: "regional_id", privacy.Passport: "passport", privacy.MilitaryID: "military_id", privacy.DriverFile: "driver_file",
	privacy.Mobile: "mobile", privacy.Landline: "landline", privacy.ForeignPhone: "foreign_phone", privacy.Hotline: "hotline",
	privacy.BankCard: "bank_card", privacy.CreditCode: "credit_code", privacy.OrganisationCode: "organisation_code", privacy.Plate: "plate",
	privacy.VIN: "vin", privacy.IMEI: "imei", privacy.DeviceID: "device_id", privacy.MAC: "mac", privacy.IPv4: "ipv4", privacy.IPv6: "ipv6",
	privacy.Email: "email", privacy.QQ: "qq", privacy.WeChat: "wechat", privacy.OpenID: "openid", privacy.Coordinates: "coordinates",
	privacy.Name: "name", privacy.Address: "address", privacy.BirthDate: "birth_date",
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

func letters(r *rand.Rand, n int, from string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[r.IntN(len(from))]
	}
	return string(b)
}

func digits(r *rand.Rand, n int) string { return letters(r, n, "0123456789") }

func nonzero(r *rand.Rand) string { return letters(r, 1, "123456789") }

func mobile(r *rand.Rand) string { return pick(r, "138", "139", "186", "177") + digits(r, 8) }

func identity(r *rand.Rand, region string) string {
	body := region + fmt.Sprintf("%d%02d%02d", 1950+r.IntN(55), 1+r.IntN(12), 1+r.IntN(28)) + digits(r, 3)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += w * int(body[i]-'0')
	}
	return body + string("10X98765432"[sum%11])
}

func luhn(body string) string {
	for d := range 10 {
		sum := 0
		full := body + strconv.Itoa(d)
		for i, c := range full {
			v := int(c - '0')
			if (len(full)-i)%2 == 0 {
				v *= 2
				v = v/10 + v%10
			}
			sum += v
		}
		if sum%10 == 0 {
			return full
		}
	}
	return body
}

func hongKongID(r *rand.Rand) string {
	first, rest := r.IntN(26), digits(r, 6)
	sum := 324 + (first+10)*8
	for i, c := range rest {
		sum += int(c-'0') * (7 - i)
	}
	return string(rune('A'+first)) + rest + "(" + string("0123456789A"[(11-sum%11)%11]) + ")"
}

func vin(r *rand.Rand) string {
	body := []byte("L" + letters(r, 7, "ABCDEFGHJK0123456789") + "0" + letters(r, 2, "ABCDEFGHJK") + digits(r, 6))
	const values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"
	sum := 0
	for i, w := range []int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2} {
		at := strings.IndexByte(values, body[i])
		if at > 9 {
			at %= 10
		}
		sum += at * w
	}
	body[8] = "0123456789X"[sum%11]
	return string(body)
}

func name(r *rand.Rand) string {
	return pick(r, "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴") + pick(r, "建国", "秀英", "志强", "晓明", "子涵", "雨桐", "欣怡", "国栋", "佳琪", "思远")
}

func fullWidth(s string) string {
	return strings.Map(func(c rune) rune { return c - '0' + '０' }, s)
}

func spelt(s string) string {
	return strings.Map(func(c rune) rune { return []rune("零一二三四五六七八九")[c-'0'] }, s)
}
