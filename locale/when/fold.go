package when

// fold returns the simplified, half-width, lower-case form of r, as far as words of time need it.
func fold(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		r -= '！' - '!'
		fallthrough
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	switch r {
	case '點', '奌':
		return '点'
	case '時':
		return '时'
	case '鐘', '鍾':
		return '钟'
	case '週':
		return '周'
	case '禮':
		return '礼'
	case '後':
		return '后'
	case '內':
		return '内'
	case '兩':
		return '两'
	case '個', '箇':
		return '个'
	case '這':
		return '这'
	case '來':
		return '来'
	case '號':
		return '号'
	case '間':
		return '间'
	case '過':
		return '过'
	case '從':
		return '从'
	case '裡', '裏':
		return '里'
	case '聖':
		return '圣'
	case '誕':
		return '诞'
	case '節':
		return '节'
	case '國':
		return '国'
	case '慶':
		return '庆'
	case '勞':
		return '劳'
	case '動':
		return '动'
	case '婦':
		return '妇'
	case '兒':
		return '儿'
	case '師':
		return '师'
	case '現':
		return '现'
	case '當':
		return '当'
	case '萬':
		return '万'
	case '億':
		return '亿'
	case '淩':
		return '凌'
	case '雙':
		return '双'
	case '農':
		return '农'
	case '曆', '歷', '暦':
		return '历'
	case '陰':
		return '阴'
	case '舊':
		return '旧'
	case '臘':
		return '腊'
	case '幾':
		return '几'
	case '業':
		return '业'
	case '樹':
		return '树'
	case '軍':
		return '军'
	case '黨':
		return '党'
	case '聽':
		return '听'
	case '尋':
		return '寻'
	case '剛':
		return '刚'
	case '開':
		return '开'
	case '還':
		return '还'
	case '晝':
		return '昼'
	case '～', '〜', '—', '–', '－', '−':
		return '~'
	case '○':
		return '〇'
	}
	return r
}
