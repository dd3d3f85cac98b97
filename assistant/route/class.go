package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// classes are the names that policies and records have for the types of personal data. They are part
// of a file format: they never change.
var classes = [...]struct {
	name string
	t    privacy.Type
}{
	{"resident_id", privacy.ResidentID},
	{"old_resident_id", privacy.OldResidentID},
	{"residence_permit", privacy.ResidencePermit},
	{"permanent_resident", privacy.PermanentResident},
	{"hong_kong_macau_permit", privacy.HongKongMacauPermit},
	{"taiwan_permit", privacy.TaiwanPermit},
	{"regional_id", privacy.RegionalID},
	{"passport", privacy.Passport},
	{"military_id", privacy.MilitaryID},
	{"driver_file", privacy.DriverFile},
	{"mobile", privacy.Mobile},
	{"landline", privacy.Landline},
	{"foreign_phone", privacy.ForeignPhone},
	{"hotline", privacy.Hotline},
	{"bank_card", privacy.BankCard},
	{"credit_code", privacy.CreditCode},
	{"organisation_code", privacy.OrganisationCode},
	{"plate", privacy.Plate},
	{"vin", privacy.VIN},
	{"imei", privacy.IMEI},
	{"device_id", privacy.DeviceID},
	{"mac", privacy.MAC},
	{"ipv4", privacy.IPv4},
	{"ipv6", privacy.IPv6},
	{"email", privacy.Email},
	{"qq", privacy.QQ},
	{"wechat", privacy.WeChat},
	{"openid", privacy.OpenID},
	{"coordinates", privacy.Coordinates},
	{"name", privacy.Name},
	{"address", privacy.Address},
	{"birth_date", privacy.BirthDate},
}

// groups are names for several classes.
var groups = [...]struct {
	name  string
	types privacy.Types
}{
	{"documents", privacy.TypesOf(privacy.ResidentID, privacy.OldResidentID, privacy.ResidencePermit, privacy.PermanentResident,
		privacy.HongKongMacauPermit, privacy.TaiwanPermit, privacy.RegionalID, privacy.Passport, privacy.MilitaryID, privacy.DriverFile)},
	{"phones", privacy.TypesOf(privacy.Mobile, privacy.Landline, privacy.ForeignPhone)},
	{"organisations", privacy.TypesOf(privacy.Hotline, privacy.CreditCode, privacy.OrganisationCode)},
	{"vehicles", privacy.TypesOf(privacy.Plate, privacy.VIN)},
	{"devices", privacy.TypesOf(privacy.IMEI, privacy.DeviceID, privacy.MAC, privacy.IPv4, privacy.IPv6)},
	{"accounts", privacy.TypesOf(privacy.BankCard, privacy.Email, privacy.QQ, privacy.WeChat, privacy.OpenID)},
	{"people", privacy.TypesOf(privacy.Name, privacy.BirthDate)},
	{"whereabouts", privacy.TypesOf(privacy.Address, privacy.Coordinates)},
}

// typesNamed returns the types that a class or a group stands for.
func typesNamed(name string) (types privacy.Types, class bool, err error) {
	for _, c := range classes {
		if c.name == name {
			return privacy.TypesOf(c.t), true, nil
		}
	}
	for _, g := range groups {
		if g.name == name {
			return g.types, false, nil
		}
	}
	var known []string
	for _, g := range groups {
		known = append(known, g.name)
	}
	for _, c := range classes {
		known = append(known, c.name)
	}
	return 0, false, fmt.Errorf("there is no class of data %.40q: the groups and classes are %s", name, strings.Join(known, ", "))
}

// classNames returns the names of the types in a set, in the order of the table.
func classNames(types privacy.Types) []string {
	if types == 0 {
		return nil
	}
	names := make([]string, 0, 4)
	for _, c := range classes {
		if types.Has(c.t) {
			names = append(names, c.name)
		}
	}
	return slices.Clip(names)
}

// spoken names the types in a set as users know them, three at most.
func spoken(types privacy.Types) string {
	var names []string
	for _, c := range classes {
		if types.Has(c.t) {
			names = append(names, c.t.String())
		}
	}
	if len(names) > 3 {
		return strings.Join(names[:3], "、") + "等"
	}
	return strings.Join(names, "、")
}
