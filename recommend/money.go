package recommend

import (
	"fmt"
	"strings"
)

// Money is an exact amount in the smallest unit of its currency: 分 for the yuan, so Money{Amount: 1250}
// is ¥12.50. Yen and other currencies without a smaller unit count whole units. The zero value is no
// money at all, which for a price means unknown.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency,omitempty"` // ISO 4217 code in capitals; empty is CNY
}

// Fen returns an amount of fen, the hundredth of a yuan.
func Fen(amount int64) Money { return Money{Amount: amount} }

// String returns the amount for people: "¥12.50", or "12.50 USD" for a currency other than the yuan.
// Every currency but those known to have no smaller unit is written with two decimals.
func (m Money) String() string {
	sign, amount := "", uint64(m.Amount)
	if m.Amount < 0 {
		sign, amount = "-", -amount // two's complement: right for the smallest int64 as well
	}
	switch code := m.code(); code {
	case "CNY":
		return fmt.Sprintf("%s¥%d.%02d", sign, amount/100, amount%100)
	case "JPY", "KRW", "VND":
		return fmt.Sprintf("%s%d %s", sign, amount, code)
	default:
		return fmt.Sprintf("%s%d.%02d %s", sign, amount/100, amount%100, code)
	}
}

// IsZero reports whether m holds no amount, whatever its currency.
func (m Money) IsZero() bool { return m.Amount == 0 }

func (m Money) code() string {
	if m.Currency == "" {
		return "CNY"
	}
	return m.Currency
}

func (m Money) check(field string) error {
	if m.Amount < 0 {
		return invalid("%s is negative (%d): give an amount of 0 or more", field, m.Amount)
	}
	if m.Currency != "" && (len(m.Currency) != 3 || strings.Trim(m.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return invalid("%s has currency %q: give an ISO 4217 code such as CNY", field, m.Currency)
	}
	return nil
}

// band is the range between two powers of two, in units of the currency, that a price lies in: "¥64–128". No price
// has no band.
func (m Money) band() string {
	if m.Amount <= 0 {
		return ""
	}
	unit := Money{Amount: 100, Currency: m.Currency}
	switch m.code() {
	case "JPY", "KRW", "VND":
		unit.Amount = 1
	}
	low, high := int64(0), int64(1)
	for high <= m.Amount/unit.Amount && high < 1<<40 {
		low, high = high, 2*high
	}
	if m.code() == "CNY" {
		return fmt.Sprintf("¥%d–%d", low, high)
	}
	return fmt.Sprintf("%d–%d %s", low, high, m.code())
}
