// Prints what lunar-javascript, in the folder of the first argument, says of the lunar years 1901 to 2099, one fact a line.
'use strict';
const {Solar, Lunar, HolidayUtil} = require(process.argv[2]);
const lines = [];

// day, lunar year, month (negative in a leap month) and day, pillars of lunar year, month and day, and the four of an
// hour that wanders through the day. At twenty past these hours no solar term is so near that it matters whether its
// instant is rounded to minutes.
const end = '2100-02-09';
let solar = Solar.fromYmd(1901, 2, 19);
for (let i = 0; solar.toYmd() !== end; i++, solar = solar.next(1)) {
  const lunar = solar.getLunar();
  const hour = i * 7 % 24;
  const eight = Solar.fromYmdHms(solar.getYear(), solar.getMonth(), solar.getDay(), hour, 20, 0).getLunar().getEightChar();
  lines.push(['day', solar.toYmd(), lunar.getYear(), lunar.getMonth(), lunar.getDay(),
    lunar.getYearInGanZhi(), lunar.getMonthInGanZhi(), lunar.getDayInGanZhi(),
    hour, eight.getYear(), eight.getMonth(), eight.getDay(), eight.getTime()].join(' '));
}

// name of a solar term and its instant in Beijing
const terms = ['小寒', '大寒', '立春', '雨水', '惊蛰', '春分', '清明', '谷雨', '立夏', '小满', '芒种', '夏至',
  '小暑', '大暑', '立秋', '处暑', '白露', '秋分', '寒露', '霜降', '立冬', '小雪', '大雪', 'DONG_ZHI'];
for (let year = 1901; year <= 2100; year++) {
  const table = Lunar.fromYmd(year, 6, 1).getJieQiTable();
  for (const term of terms) lines.push('term ' + term + ' ' + table[term].toYmdHms());
}

// day, whether one works, and name of the holiday
for (let year = 2003; year <= 2026; year++) {
  for (const day of HolidayUtil.getHolidays(year)) {
    lines.push(['holiday', day.getDay(), day.isWork() ? 'work' : 'off', day.getName(), day.getTarget()].join(' '));
  }
}
console.log(lines.join('\n'));
