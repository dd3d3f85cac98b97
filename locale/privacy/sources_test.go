package privacy_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/privacy"
)

const (
	upper    = "ABCDEFGHJKLMNPQRSTUVWXYZ"
	alphanum = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	lower    = "abcdefghijklmnopqrstuvwxyz"
	hexadec  = "0123456789abcdef"
)

// tails follow a number in a sentence.
const tails = "|。|，请核对|,谢谢|\n|的|；|）|！请查收| "

var sources = []source{
	{privacy.ResidentID, func(r *rand.Rand) string { return digitForms(r, identity(r, regions[r.IntN(len(regions))]), 6, 8) },
		"身份证号：|我的身份证是|本人|證件號碼 |（|ID: |", tails,
		func(r *rand.Rand) string {
			id := identity(r, regions[r.IntN(len(regions))])
			switch r.IntN(5) {
			case 0:
				return "编码" + wrongLast(id) + "无效"
			case 1:
				body := "110101" + "1990" + "13" + digits(r, 5)
				return "单号" + body + mod11(body)
			case 2:
				return "流水" + digits(r, 3) + id + digits(r, 2)
			case 3:
				body := "99" + digits(r, 4) + "1899" + digits(r, 7)
				return "数据" + body + mod11(body)
			}
			return "卡面" + id + "abc"
		}},
	{privacy.OldResidentID, func(r *rand.Rand) string { return regions[r.IntN(len(regions))] + birthday(r)[2:] + digits(r, 3) },
		"身份证号：|老身份证|公民身份号码", tails,
		func(r *rand.Rand) string {
			return pick(r, "订单|编号|数据|") + "110101" + birthday(r)[2:] + digits(r, 3)
		}},
	{privacy.ResidencePermit, func(r *rand.Rand) string { return digitForms(r, identity(r, pick(r, "810000|820000|830000")), 6, 8) },
		"居住证：|港澳台居民居住证|", tails, func(r *rand.Rand) string { return "号码" + wrongLast(identity(r, "810000")) }},
	{privacy.PermanentResident, func(r *rand.Rand) string {
		if r.IntN(2) == 0 {
			return letters(r, 3, upper) + digits(r, 12)
		}
		return identity(r, "9"+digits(r, 5))
	}, "永居证：|外国人永久居留身份证号码|永久居留证", tails,
		func(r *rand.Rand) string {
			if r.IntN(2) == 0 {
				return "货号" + letters(r, 3, upper) + digits(r, 12)
			}
			return "数据" + wrongLast(identity(r, "9"+digits(r, 5)))
		}},
	{privacy.HongKongMacauPermit, func(r *rand.Rand) string { return pick(r, "H|M|C") + digits(r, 8+2*0) },
		"回乡证：|港澳居民来往内地通行证|通行證號碼：|港澳通行证", tails, func(r *rand.Rand) string { return pick(r, "型号|货号|零件") + pick(r, "H|M") + digits(r, 8) }},
	{privacy.TaiwanPermit, func(r *rand.Rand) string { return digits(r, 8) }, "台胞证：|臺胞證號碼 |台湾居民来往大陆通行证", tails,
		func(r *rand.Rand) string { return pick(r, "余额|日期|数量|编号") + digits(r, 8) }},
	{privacy.RegionalID, func(r *rand.Rand) string {
		if r.IntN(2) == 0 {
			body := letters(r, 1, upper) + digits(r, 6)
			sum := 324
			for i, c := range body {
				v := int(c - '0')
				if i == 0 {
					v = int(c-'A') + 10
				}
				sum += v * (8 - i)
			}
			return body + "(" + string("0123456789A"[(11-sum%11)%11]) + ")"
		}
		first := r.IntN(26)
		body := pick(r, "1|2") + digits(r, 7)
		number := first + 10
		sum := number/10 + number%10*9
		for i, c := range body {
			sum += int(c-'0') * (8 - i)
		}
		return string("ABCDEFGHJKLMNPQRSTUVXYWZIO"[first]) + body + strconv.Itoa((10-sum%10)%10)
	}, "香港身份证：|台湾身份证 |身份證號碼：", tails,
		func(r *rand.Rand) string {
			return pick(r, "型号|货号|零件") + letters(r, 1, upper) + digits(r, 9)
		}},
	{privacy.Passport, func(r *rand.Rand) string {
		return pick(r, "E"+digits(r, 8)+"|E"+letters(r, 1, "ABCDEFGHJKLMNPQRSTUVWXYZ")+digits(r, 7)+"|G"+digits(r, 8)+"|DE"+digits(r, 7)+"|K"+digits(r, 8))
	}, "护照：|護照號碼|passport: |护照号为", tails,
		func(r *rand.Rand) string {
			return pick(r, "型号|订单号|零件号") + pick(r, "：|") + pick(r, "E|G|K") + digits(r, 8) + pick(r, "|。")
		}},
	{privacy.MilitaryID, func(r *rand.Rand) string {
		return pick(r, "军|南|海|空|政|士|武") + "字第" + digits(r, 6+r.IntN(3)) + "号"
	}, "军官证：|证件为|士兵证", tails, func(r *rand.Rand) string {
		return "京房权证" + pick(r, "海|朝|西") + "字第" + digits(r, 6) + "号"
	}},
	{privacy.DriverFile, func(r *rand.Rand) string { return digits(r, 12) }, "档案编号：|驾驶证档案编号|檔案編號 ", tails,
		func(r *rand.Rand) string { return pick(r, "余额|数量|流水号|编号") + digits(r, 12) }},
	{privacy.Mobile, func(r *rand.Rand) string {
		return pick(r, "||||+86|+86 |86-|0086") + digitForms(r, mobileNumber(r), 3, 4)
	}, "手机：|电话|我的號碼是|联系方式 |（|张三 |tel:|", tails,
		func(r *rand.Rand) string {
			m := mobileNumber(r)
			switch r.IntN(8) {
			case 0:
				return "订单号：" + m
			case 1:
				return "长号" + digits(r, 1+r.IntN(5)) + m + digits(r, 1+r.IntN(5))
			case 2:
				return "共" + m + "元"
			case 3:
				return "电话" + pick(r, "10|11|12|140|141|154|160|161|163|164|168|179|194|200") + digits(r, 9)
			case 4:
				return "值为0." + m
			case 5:
				return "哈希a" + m + "f"
			case 6:
				return "零件" + digits(r, 4) + "-" + m + "-" + digits(r, 3)
			}
			return "¥" + m + ".00"
		}},
	{privacy.Landline, func(r *rand.Rand) string {
		area, local := pick(r, "010|021|022|020|028|0755|0571|0512|0898|0991"), pick(r, "2|3|5|6|8")+digits(r, 7)
		return pick(r, area+"-"+local+"|("+area+")"+local+"|"+area+" "+local+"|"+area+"-"+local[:4]+"-"+local[4:]+"|"+area+local+"|+86-"+area[1:]+"-"+local)
	}, "电话：|座机|公司電話|传真 |", tails,
		func(r *rand.Rand) string {
			return pick(r, "订单号|编号|编码") + pick(r, "010|0755") + digits(r, 12) + "|电话" + "0260" + digits(r, 3)
		}},
	{privacy.ForeignPhone, func(r *rand.Rand) string {
		return pick(r, "+852 "+pick(r, "5|6|9")+digits(r, 3)+" "+digits(r, 4)+"|+853-6"+digits(r, 7)+"|+886-9"+digits(r, 2)+"-"+digits(r, 3)+"-"+digits(r, 3)+"|+1 415 "+digits(r, 3)+" "+digits(r, 4)+"|+81 90 "+digits(r, 4)+" "+digits(r, 4))
	}, "电话：|香港手机|", tails, func(r *rand.Rand) string { return "计算" + digits(r, 2) + "+" + digits(r, 11) }},
	{privacy.Hotline, func(r *rand.Rand) string {
		d := digits(r, 7)
		return pick(r, "400|800") + pick(r, "-"+d+"|"+d+"|-"+d[:3]+"-"+d[3:]+"| "+d[:4]+" "+d[4:])
	}, "客服热线：|请拨打|电话", tails, func(r *rand.Rand) string { return pick(r, "订单号|金额") + "400" + digits(r, 7+r.IntN(2)) }},
	{privacy.BankCard, func(r *rand.Rand) string {
		body := pick(r, "6222|6217|6228|6230") + digits(r, pickInt(r, 11, 14))
		if r.IntN(5) == 0 {
			body = pick(r, "4|51|53|3530")
			body += digits(r, 15-len(body))
		}
		return digitForms(r, body+luhnDigit(body), 4, 4, 4, 4)
	}, "银行卡：|卡號|转账到|账号 |", tails,
		func(r *rand.Rand) string {
			body := "6222" + digits(r, 12+3*r.IntN(2)-1)
			switch r.IntN(4) {
			case 0:
				return "数据" + wrongLast(body+luhnDigit(body))
			case 1:
				return "订单号：" + body + luhnDigit(body)
			case 2:
				return "日志" + body + luhnDigit(body) + digits(r, 8)
			}
			body = pick(r, "10|71|88|93") + digits(r, 14)
			return "数据" + body + luhnDigit(body)
		}},
	{privacy.CreditCode, func(r *rand.Rand) string { return creditCode(r) }, "统一社会信用代码：|税号|信用代碼 |营业执照|", tails,
		func(r *rand.Rand) string {
			if r.IntN(2) == 0 {
				return "编码" + wrongLast(creditCode(r))
			}
			return "编码" + creditCode(r) + "A7"
		}},
	{privacy.OrganisationCode, func(r *rand.Rand) string {
		code := organisation(r)
		return code[:8] + pick(r, "|-") + code[8:]
	}, "组织机构代码：|組織機構代碼 |机构代码为", tails, func(r *rand.Rand) string { return pick(r, "型号|编码|货号") + organisation(r) }},
	{privacy.Plate, func(r *rand.Rand) string {
		p := pick(r, "京|沪|粤|浙|苏|川|鄂|桂|渝|新") + letters(r, 1, "ABCDEF") + pick(r, "|·| ")
		return p + pick(r, digits(r, 5)+"|"+letters(r, 1, upper)+digits(r, 4)+"|"+digits(r, 4)+pick(r, "学|警|挂|港|澳")+"|"+pick(r, "A|D|F")+digits(r, 5)+"|"+digits(r, 5)+pick(r, "D|F")+"|"+digits(r, 2)+letters(r, 1, upper)+digits(r, 2))
	}, "车牌：|車牌號|他开着|", "|。|，请挪车|停在门口|的车主",
		func(r *rand.Rand) string {
			return pick(r, "型号|产品") + pick(r, "京|沪|粤") + letters(r, 1, upper) + pick(r, digits(r, 3)+"|"+digits(r, 8)+"|"+letters(r, 5, "ABCDEF")+"|I"+digits(r, 3))
		}},
	{privacy.VIN, func(r *rand.Rand) string { return vin(r) }, "车架号：|車架號|VIN: |车辆识别代号 ", tails,
		func(r *rand.Rand) string {
			code := vin(r)
			if r.IntN(2) == 0 {
				return "编码" + code[:8] + string("0123456789X0"[(strings.IndexByte("0123456789X", code[8])+1)%11]) + code[9:]
			}
			return "哈希" + code + "4F"
		}},
	{privacy.IMEI, func(r *rand.Rand) string {
		body := pick(r, "35|86") + digits(r, 12)
		return body + luhnDigit(body)
	}, "IMEI：|手机串号|imei: |串号 ", tails, func(r *rand.Rand) string { return pick(r, "数据|流水号|订单") + "86" + digits(r, 13) }},
	{privacy.DeviceID, func(r *rand.Rand) string {
		return letters(r, 8, hexadec) + "-" + letters(r, 4, hexadec) + "-" + letters(r, 4, hexadec) + "-" + letters(r, 4, hexadec) + "-" + letters(r, 12, hexadec)
	}, "OAID：|IDFA: |设备标识", "|。|，|\n", func(r *rand.Rand) string {
		return pick(r, "请求|追踪|会话") + letters(r, 8, hexadec) + "-" + letters(r, 4, hexadec) + "-" + letters(r, 4, hexadec) + "-" + letters(r, 4, hexadec) + "-" + letters(r, 12, hexadec)
	}},
	{privacy.MAC, func(r *rand.Rand) string {
		separator := pick(r, ":|-")
		var parts []string
		for range 6 {
			parts = append(parts, letters(r, 2, pick(r, "0123456789ABCDEF|0123456789abcdef")))
		}
		return strings.Join(parts, separator)
	}, "MAC地址：|网卡|mac ||", "|。|，|\n", func(r *rand.Rand) string {
		var parts []string
		for range 7 + r.IntN(10) {
			parts = append(parts, letters(r, 2, hexadec))
		}
		return "证书指纹" + strings.Join(parts, ":")
	}},
	{privacy.IPv4, func(r *rand.Rand) string {
		return fmt.Sprintf("%d.%d.%d.%d", 1+r.IntN(254), r.IntN(256), r.IntN(256), r.IntN(256))
	}, "IP：|登录地址|來自|访问http://|", "|。|，|:8080|/24|的请求", func(r *rand.Rand) string {
		return pick(r, fmt.Sprintf("版本%d.%d.%d.%d|v%d.%d.%d.%d|编号%d.%d.%d.%d.%d|数值%d.%d.%d.%d", r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), r.IntN(9), 256+r.IntN(700), r.IntN(9)))
	}},
	{privacy.IPv6, func(r *rand.Rand) string {
		h := func() string { return strconv.FormatInt(int64(r.IntN(65536)), 16) }
		return pick(r, "2001:"+h()+":"+h()+":"+h()+":"+h()+":"+h()+":"+h()+":"+h()+"|fe80::"+h()+":"+h()+":"+h()+"|2408:"+h()+"::1|::ffff:10.0."+strconv.Itoa(r.IntN(256))+".1")
	}, "IP：|IPv6地址 |来自|", "|。|，|的请求", func(r *rand.Rand) string {
		return pick(r, fmt.Sprintf("时间%02d:%02d:%02d|比分%d:%d|调用abc::def|用std::map|比例1:2:3:4:5", r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(9), r.IntN(9)))
	}},
	{privacy.Email, func(r *rand.Rand) string {
		value := letters(r, 1, lower) + letters(r, 2+r.IntN(8), lower+"0123456789") + pick(r, "|.a|_b|-c|+d") + "@" + pick(r, "qq.com|163.com|example.com.cn|mail.example.org|sina.cn")
		if r.IntN(8) == 0 {
			return strings.Map(func(c rune) rune { return c + 0xFEE0 }, value)
		}
		return value
	}, "邮箱：|郵箱是|请发到|<|email:|", "|。|，谢谢|>|给我|.", func(r *rand.Rand) string {
		return pick(r, "@"+letters(r, 6, lower)+"你好|图片"+letters(r, 4, lower)+"@2x.png|登录"+letters(r, 4, lower)+"@localhost|依赖pkg@1."+digits(r, 1)+".0|克隆git@code.example.com:a/b.git|"+letters(r, 3, lower)+"@@b.com")
	}},
	{privacy.QQ, func(r *rand.Rand) string { return strconv.Itoa(1+r.IntN(9)) + digits(r, 4+r.IntN(7)) },
		"QQ：|QQ号|扣扣|加qq |qq:", "|。|，|\n|聊", func(r *rand.Rand) string {
			return pick(r, "QQ音乐排名|共有|第|邮编") + digits(r, 5+r.IntN(3)) + pick(r, "|名|人")
		}},
	{privacy.WeChat, func(r *rand.Rand) string {
		return letters(r, 1, lower) + letters(r, 3, lower) + pick(r, "_|-|") + letters(r, 3+r.IntN(8), lower+"0123456789") + digits(r, 1)
	}, "微信：|微信号|VX:|加微信 |微信號是|wechat: ", "|。|，|\n|加我", func(r *rand.Rand) string {
		return pick(r, "微信支付|微信小程序|使用|微信开放平台 ") + letters(r, 7, lower) + pick(r, "|已上线")
	}},
	{privacy.OpenID, func(r *rand.Rand) string {
		return "o" + letters(r, 24, lower+strings.ToUpper(lower)+"0123456789_-") + "aB7"
	}, "openid：|openid=|OpenID: ", "|。|，|\n", func(r *rand.Rand) string {
		return "令牌" + letters(r, pickInt(r, 27, 29, 40), lower+strings.ToUpper(lower)+"0123456789")
	}},
	{privacy.Coordinates, func(r *rand.Rand) string {
		lat, lng := fmt.Sprintf("%d.%s", 18+r.IntN(35), digits(r, 4+r.IntN(3))), fmt.Sprintf("%d.%s", 74+r.IntN(60), digits(r, 4+r.IntN(3)))
		return pick(r, lat+","+lng+"|"+lng+","+lat+"|"+lat+", "+lng+"|"+lng+"，"+lat)
	}, "坐标：|定位在|经纬度|GPS: |", "|。|\n|附近", func(r *rand.Rand) string {
		return pick(r, fmt.Sprintf("价格%d.%s,%d.%s|占比%d.%s%%|均值%d.%s和方差1.%s", 10+r.IntN(30), digits(r, 2), 80+r.IntN(40), digits(r, 2), r.IntN(90), digits(r, 4), r.IntN(90), digits(r, 5), digits(r, 5)))
	}},
	{privacy.Name, name, "我叫|姓名：|收件人：|联系人 |您好，我是|請聯繫客戶：|持卡人:", "|，|。| |\n|，电话见下|；", func(r *rand.Rand) string {
		return pick(r, "我叫了外卖|我是高中生|姓名：必填|联系人不能为空|收件人：未知|项目经理负责|高级经理|任何先生|关于女士的|这位老师很好|各位同学|公司经理|我是安全员|客户：全部|小姐姐好|请问先生贵姓|姓名不详|班主任老师|我叫了车|两位女士")
	}},
	{privacy.Name, name, "请|联系|感谢|给|和|，|“|", "先生|女士|老师|小姐，你好|医生说|同学们好|律师|教授|師傅", func(r *rand.Rand) string {
		return pick(r, "男女老师|这位先生|任何女士|那位小姐|项目经理|尊敬的先生|有的同学|对于老师|成年女士|一些教授|每位医生|好老师|很多同学")
	}},
	{privacy.Address, address, "地址：|我住在|送到|收货地址 |", "|。|，谢谢|\n|；|（请按时送达）", func(r *rand.Rand) string {
		return pick(r, "北京市今天多云|广东省经济总量第一|三号线换乘|第"+digits(r, 2)+"号文件|频道"+digits(r, 1)+"号|我在北京和上海之间往返|深圳市政府发布通知|他在街道上走了"+digits(r, 2)+"米|请看第3层楼梯|道路12号方案|杭州市西湖区很美")
	}},
	{privacy.BirthDate, func(r *rand.Rand) string {
		y, m, d := 1940+r.IntN(80), 1+r.IntN(12), 1+r.IntN(28)
		return pick(r, fmt.Sprintf("%d年%d月%d日|%d-%02d-%02d|%d/%d/%d|%d.%02d.%02d|%d%02d%02d|%d年%d月", y, m, d, y, m, d, y, m, d, y, m, d, y, m, d, y, m))
	}, "出生日期：|生日是|我生于|出生年月：|DOB: ", "|。|，|\n", func(r *rand.Rand) string {
		return pick(r, "会议日期|签于|更新：|截至") + fmt.Sprintf("%d年%d月%d日", 1990+r.IntN(30), 1+r.IntN(12), 1+r.IntN(28))
	}},
}

func pickInt(r *rand.Rand, values ...int) int { return values[r.IntN(len(values))] }

func name(r *rand.Rand) string {
	return pick(r, "王|李|张|刘|陈|杨|赵|黄|周|吴|徐|孙|胡|朱|高|林|何|郭|马|罗|梁|宋|郑|谢|韩|唐|冯|董|萧|程|曹|袁|邓|许|傅|沈|曾|彭|吕|欧阳|司马|上官|諸葛|張|陳|趙|劉") +
		pick(r, "伟|芳|娜|敏|静|强|磊|军|洋|艳|勇|杰|娟|涛|超|明|霞|秀英|建国|志强|晓明|子涵|雨桐|浩然|欣怡|国栋|文博|佳琪|俊杰|婷婷|麗華|雪梅|海燕|春生|思远|梓轩")
}

func address(r *rand.Rand) string {
	division := pick(r, "北京市海淀区|上海市浦东新区|广东省深圳市南山区|浙江省杭州市西湖区|四川省成都市武侯区|江苏省南京市鼓楼区|广西壮族自治区南宁市青秀区|內蒙古自治區呼和浩特市新城區|福建厦门思明区|香港特别行政区湾仔区|台北市大安區|湖北武汉市洪山区|")
	street := pick(r, "中关村大街|人民路|解放東路|和平街|建设二路|科技园路|长江北路|朝阳门南小街|学院路|文三路")
	number := strconv.Itoa(1+r.IntN(999)) + pick(r, "号|號|弄|号院")
	return division + street + number + pick(r, "||阳光花园|锦绣小区") + pick(r, fmt.Sprintf("|%d号楼|%d栋%d单元%d室|%d幢|%d座%d层", 1+r.IntN(30), 1+r.IntN(30), 1+r.IntN(6), 101+r.IntN(900), 1+r.IntN(20), 1+r.IntN(9), 1+r.IntN(30)))
}

func organisation(r *rand.Rand) string {
	body := letters(r, 1, "0123456789MA") + digits(r, 7)
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += strings.IndexByte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", body[i]) * w
	}
	return body + string("0X987654321"[sum%11])
}

func creditCode(r *rand.Rand) string {
	body := pick(r, "91|92|93|12|52") + regions[r.IntN(len(regions))] + organisation(r)
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(alphabet, body[i]) * weight
		weight = weight * 3 % 31
	}
	return body + string(alphabet[(31-sum%31)%31])
}

func vin(r *rand.Rand) string {
	body := []byte("L" + letters(r, 7, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789") + "0" + letters(r, 2, "ABCDEFGHJKLMNPRSTUVWXYZ") + digits(r, 6))
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
