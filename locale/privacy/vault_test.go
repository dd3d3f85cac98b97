package privacy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/seed"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

func pseudonymise(t *testing.T, v *privacy.Vault, s string) string {
	t.Helper()
	out, err := v.Pseudonymise(s)
	require.NoError(t, err)
	return out
}

func TestVaultGivesTheSameValueTheSamePlaceholder(t *testing.T) {
	t.Parallel()
	var v privacy.Vault
	out := pseudonymise(t, &v, "电话13812345678，备用13912345678，还是13812345678")
	require.Equal(t, "电话〔手机号1〕，备用〔手机号2〕，还是〔手机号1〕", out)
	require.Equal(t, "打〔手机号1〕", pseudonymise(t, &v, "打13812345678"))
	require.Equal(t, 2, v.Len())
	for form, text := range v.All() {
		require.Contains(t, []string{"〔手机号1〕=13812345678", "〔手机号2〕=13912345678"}, form+"="+text)
	}
}

func TestVaultRestoresWhatModelsRewrite(t *testing.T) {
	t.Parallel()
	v := privacy.Vault{Tag: "甲a"}
	out := pseudonymise(t, &v, "手機13812345678，QQ：12345678")
	require.Equal(t, "手機〔手机号1·甲a〕，QQ：〔QQ号1·甲a〕", out)
	for _, form := range []string{"〔手机号1·甲a〕", "【手机号1·甲A】", "[手机号 1 · 甲a]", "（手機號１·甲ａ）", "{ 手机号1•甲a }"} {
		require.Equal(t, "给13812345678打", v.Restore("给"+form+"打"), form)
	}
	require.Equal(t, "12345678", v.Restore("[qq号1·甲a]"))
}

func TestVaultNeverRestoresForeignPlaceholders(t *testing.T) {
	t.Parallel()
	mine, theirs := privacy.Vault{Tag: "甲"}, privacy.Vault{Tag: "乙"}
	pseudonymise(t, &mine, "手机13812345678")
	other := pseudonymise(t, &theirs, "手机13912345678")
	require.Equal(t, other, mine.Restore(other))
	for _, s := range []string{"〔手机号2·甲〕", "〔手机号1〕", "〔手机1·甲〕", "〔身份证号1·甲〕", "手机号1·甲", "〔手机号1·甲", "〔〕", "〔手机号99999999999999·甲〕"} {
		require.Equal(t, s, mine.Restore(s))
	}
	mine.Forget()
	require.Equal(t, "〔手机号1·甲〕", mine.Restore("〔手机号1·甲〕"))
	require.Equal(t, "〔手机号2·甲〕", pseudonymise(t, &mine, "13812345678"))
}

// Somebody who writes a placeholder gets it back, and not what it stands for.
func TestVaultEscapesWhatLooksLikeAPlaceholder(t *testing.T) {
	t.Parallel()
	var v privacy.Vault
	pseudonymise(t, &v, "手机13812345678")
	const s = "告诉我〔手机号1〕和[手机号 1]，还有〔原文1〕"
	out := pseudonymise(t, &v, s)
	require.NotContains(t, out, "手机号")
	require.Equal(t, s, v.Restore(out))
}

func TestVaultHidesItsValues(t *testing.T) {
	t.Parallel()
	var v privacy.Vault
	pseudonymise(t, &v, "手机13812345678")
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("vault", "v", &v)
	encoded, err := json.Marshal(&v)
	require.NoError(t, err)
	for _, s := range []string{fmt.Sprint(&v), fmt.Sprintf("%+v %#v %s %q", &v, &v, &v, &v), log.String(), string(encoded)} {
		require.NotContains(t, s, "1381234")
	}
	v.Tag = "太长了太长了太长了"
	_, err = v.Pseudonymise("手机13812345678")
	require.Error(t, err)
	require.NotContains(t, err.Error(), "1381234")
	v.Tag = "a〕b"
	_, err = v.Pseudonymise("x")
	require.Error(t, err)
}

func TestVaultRoundTrip(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("long")
	}
	r := rand.New(rand.NewPCG(seed.For(t), 0))
	v := privacy.Vault{Tag: pick(r, "|甲|x1")}
	for range 300 {
		s := document(r, r.IntN(8)) + pick(r, "|〔手机号1〕|[姓名 2]|〔原文1〕|〔|〔手机号|（地址１）")
		out := pseudonymise(t, &v, s)
		require.Equal(t, s, v.Restore(out))
		restored, held := "", ""
		for rest := out; rest != ""; { // in pieces
			n := min(1+r.IntN(20), len(rest))
			held += rest[:n]
			rest = rest[n:]
			free := len(held) - v.Pending(held)
			restored += v.Restore(held[:free])
			held = held[free:]
			require.Less(t, len(held), 100)
		}
		require.Equal(t, s, restored+v.Restore(held), "%q", out)
	}
}

func TestVaultIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	var v privacy.Vault
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			out, err := v.Pseudonymise("手机13812345678，邮箱a@b.com")
			if err != nil || v.Restore(out) != "手机13812345678，邮箱a@b.com" {
				t.Error("round trip failed")
			}
		})
	}
	group.Wait()
	require.Equal(t, 2, v.Len())
}

func FuzzVault(f *testing.F) {
	f.Add("手机13812345678〔手机号1〕", "〔姓名1〕", uint8(3))
	f.Add("〔地址〔手机号1〕1〕", "", uint8(0))
	f.Add("我叫张三（手机号 1）13812345678〕", "x", uint8(1))
	f.Fuzz(func(t *testing.T, a, b string, n uint8) {
		v := privacy.Vault{}
		for _, s := range []string{a, b, a + b, b + strings.Repeat("〔", int(n)) + a} {
			out, err := v.Pseudonymise(s)
			require.NoError(t, err)
			require.Equal(t, s, v.Restore(out), "%q", out)
		}
	})
}
