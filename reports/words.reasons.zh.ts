/**
 * Reasons of assumptions and places in documents, in Chinese. A scenario, city or policy file gives each once, in its own words, which are
 * the keys here: who changes a reason there is told by a test to say it anew in Chinese. What a user's own file says is shown as it stands.
 */
export const chineseReasons: Readonly<Record<string, string>> = {
  // 来源中的位置
  '门急诊 216.81 million in 2020': '2020年门急诊2.1681亿人次',
  'calendar year 2020': '2020年，366天',
  'item 2 (800 余家定点药店, 2021-04)': '第2项（800余家定点药店，2021年4月）',
  'item 2 2021-04': '第2项，2021年4月',
  '35.8 % in 2021': '2021年为35.8%',
  '35.8 % in 2021, 3 points more than 2019': '2021年为35.8%，比2019年高3个百分点',
  '12.25 % in 2021': '2021年为12.25%',
  '12.25 % in 2021, 5 points less than 2019': '2021年为12.25%，比2019年低5个百分点',

  // 人口与机构
  '2020 census, recalled and unverified': '2020年人口普查，凭记忆，未经核实',
  'About 50 tertiary and 100 secondary institutions; no document splits the 417, the rest are community centres and other primary institutions':
    '三级约50家、二级约100家；没有文件拆分417家，其余按社区卫生服务中心等基层机构计',
  'A tertiary hospital has one or two campuses, a community centre six or seven stations; only the total of 2,037 is published':
    '三级医院有一两个院区，社区卫生服务中心有六七个服务站；公布的只有总数2,037个',
  "Between a 2018 residents' survey (68 % of visits at primary institutions) and the visits the largest hospitals publish (over 10,000 a day each)":
    '介于2018年居民调查（基层就诊占68%）与大医院自己公布的门诊量（每日各逾1万）之间',
  'The largest hospitals publish four to five times the visits of a mean one; a community centre is far larger than its stations':
    '最大的医院公布的门诊量是平均的四五倍；社区中心远大于其服务站',
  'General hospitals keep an emergency room, specialised ones and community stations mostly do not':
    '综合医院设急诊，专科医院与社区站点大多不设',
  'Shares of visits with an examination, higher in large hospitals; no document gives them': '做检验的就诊占比，大医院较高；没有文件给出',
  'Shares of visits with imaging, higher in large hospitals; no document gives them': '做影像检查的就诊占比，大医院较高；没有文件给出',
  'Most visits end with drugs; community visits are mainly repeat prescriptions for chronic disease (91 % of community users have one)':
    '多数就诊最后要取药；社区就诊多为慢性病续方（社区就诊者91%有慢性病）',
  'A general hospital runs all departments, a community site internal medicine, Chinese medicine and a few more':
    '综合医院各科齐全，社区站点设内科、中医及少数几科',
  'Relative demand by age, chosen by ordinary experience; no document gives visits by department':
    '各年龄的相对需求，按常情取值；没有文件给出分科就诊量',
  'People who rarely, sometimes or often see a doctor; most visits come from few people with chronic disease':
    '很少、有时、经常就诊的人；多数就诊来自少数慢性病患者',
  "Chosen so that the mean over all people meets the city's visits per head in 2020 and the elderly make half the visits":
    '使人均就诊次数与2020年全市相符，且老年人占就诊的一半',
  '24.87 million residents (2020 census, recalled and unverified) and about a million patients from outside':
    '常住人口2,487万（2020年普查，凭记忆，未经核实），另有外来患者约100万',
  '2020 census (60 and over 23.4 %), recalled and unverified; the borders at 18 and 45 are interpolated':
    '2020年普查（60岁及以上占23.4%），凭记忆，未经核实；18岁与45岁两界为内插',
  "Employees' and residents' insurance by age; out-of-town patients are few among outpatients though about 40 % of leading hospitals' inpatients":
    '职工与居民医保按年龄分布；外地患者虽占大医院住院约40%，在门诊中很少',

  // 习惯与信用
  "Shanghai's limits are not in our documents; the order of size follows Tianjin's bands of 2023":
    '所据文件未载上海的额度；量级参照天津2023年的档次',
  'How limits are spread over signed persons is not published': '签约者的额度分布未公布',
  'Younger people take up phone payment sooner, children through a guardian; no document splits adopters by age':
    '较年轻者更早用手机付费，儿童由监护人代付；没有文件按年龄拆分使用者',
  'Kiosks existed in most hospitals; elderly patients prefer the window': '多数医院已有自助机；老年患者偏好窗口',
  'Appointment rate 60.5 % in 2021, 27 points above 2019 (survey of 20,000 outpatients); 2020 lies between, the rest is assumed':
    '2021年预约率60.5%，比2019年高27个百分点（2万名门诊患者调查）；2020年介于两者之间，其余为假设',
  'Share that manages a kiosk or the phone alone; the paper names the elderly as those who need help':
    '能独自用自助机或手机的比例；论文指出老年人最需要帮助',
  'Volunteers guide elderly patients (S1); how much they raise success is not published':
    '志愿者引导老年患者（S1）；能提高多少成功率未公布',
  'Share that asks a volunteer when one is there': '有志愿者时求助的比例',
  'Most phones hold WeChat and Alipay besides the preferred entry; how many are bound to the insurance credential is not published':
    '多数手机除常用入口外还有微信与支付宝；其中多少绑定了医保凭证未公布',
  "A card's statement cycle; Tianjin allows up to 59 days": '一般信用卡的账单周期；天津最长59天',
  'Digital card and raised limit exist (S1 §3); how often they are granted on the spot is not published':
    '有数字卡与提额（S1 §3）；当场获批的比例未公布',

  // 就诊量与到院时刻
  'The published visits include private providers; public institutions are taken to see most of them':
    '公布的就诊量含民营机构；设其中大部分在公立机构',
  'Mondays busiest, fewer clinics at weekends; no document gives the week': '周一最忙，周末门诊较少；没有文件给出一周的分布',
  'A seasonal index of another city (high in July, August, November, December) bent to the spring of 2020':
    '另一城市的季节指数（7、8、11、12月较高），按2020年春季的情形调整',
  'Day-to-day variation around weekday and month': '扣除星期与月份之后的逐日波动',
  'Peak at 09–11 on working days, patients before the windows open; two humps as published for one hospital, shares assumed':
    '工作日9至11时为高峰，开窗前已有人到院；双峰形状来自一家医院的公开数据，占比为假设',
  'Emergency visits for each outpatient visit': '急诊与门诊就诊之比',
  'Round the clock with a hump in the evening': '全天都有，傍晚有一高峰',
  'Four levels of urgency; shares of ordinary emergency rooms': '分诊四级；取一般急诊室的占比',

  // 离队、窗口与人手
  'Few patients leave a hospital unseen': '很少有患者没看上病就离院',
  'A line of more than twenty a window sends people to another line or another day': '每个窗口排队超过20人，便有人改去别处或改日再来',
  'What people do at a window whose insurer does not answer; no document tells': '医保局没有应答时窗口前的人怎么办；没有文件说明',
  'Nobody comes back to a window all day; no document tells how often': '没有人整天反复回到窗口；来几次没有文件说明',
  'Large hospitals are just short of windows at the peak; whoever sees a long line takes another or turns away, so these are not calibrated':
    '大医院高峰时窗口略有不足；见队长者会改排别队或离开，故这些数字不校准',
  'Every site opens a window': '每个执业点都开窗口',
  'As registration windows': '同挂号窗口',
  'Every site has a kiosk': '每个执业点都有自助机',
  'Short at the peak, yet enough for the whole day, so that lines are gone in the evening; tertiary tiers calibrated (calibration:), bases 1.02 and 1':
    '高峰不足而全天足够，傍晚队已排完；三级医院由校准求得（见calibration:），基数1.02与1',
  'Every site opens a cashier': '每个执业点都开收费窗口',
  'Blood is drawn in the morning and lines form; tertiary tiers calibrated (calibration:), bases 1 and 0.95':
    '上午集中抽血而排队；三级医院由校准求得（见calibration:），基数1与0.95',
  'Every site draws blood': '每个执业点都抽血',
  'Machines of large hospitals are short at the peak; tertiary tiers calibrated (calibration:), bases 0.98 and 0.95':
    '大医院高峰时设备不足；三级医院由校准求得（见calibration:），基数0.98与0.95',
  'A site that images has a machine': '做影像检查的执业点至少有一台设备',
  'Pharmacy lines of large hospitals are long at the end of the morning; tertiary tiers calibrated (calibration:), bases 0.98 and 0.95':
    '大医院上午将尽时取药队很长；三级医院由校准求得（见calibration:），基数0.98与0.95',
  'Every site dispenses': '每个执业点都发药',
  'Emergency rooms are busy but keep a reserve; not calibrated, since no document speaks of emergency waits':
    '急诊繁忙而留有余力；没有文件谈及急诊等待，故不校准',
  'At least two doctors round the clock': '全天至少两位医生',
  'How many volunteers stand by is not published': '志愿者人数未公布',
  "Every site has a volunteer while its hall is open; at night an emergency room's nurse helps":
    '大厅开放时每个执业点都有志愿者；夜间由急诊护士帮忙',
  'Every department on duty has a doctor': '值班的每个科室都有医生',
  'Windows open at about 07:30, fewer at lunch; whose lines are not gone at five stay on, half of them past seven, until nobody is left':
    '窗口约7:30开，午间减少；五点队未排完的窗口继续，七点后留一半，直到无人排队',
  'One window stays open through lunch and evening': '午间与傍晚至少留一个窗口',
  'Kiosks run while the hall is open': '大厅开放时自助机都可用',
  'Consulting starts at 08:00; some stay through lunch; whoever still has patients at five stays on, half of them past seven, until nobody is left':
    '8:00开诊；午间部分留诊；五点仍有患者的继续，七点后留一半，直到看完',
  'Whoever waits is still seen': '已在等的都会看完',
  'Fewer doctors at night': '夜间医生较少',
  'Never unattended': '任何时候都有人值守',

  // 服务时间
  'Walking between two lines of a hospital; calibrated (calibration:), 120 before':
    '院内两处之间的步行；由校准求得（见calibration:），原为120',
  'Spread of walking times': '步行时间的离散',
  'Rapid laboratory results within half an hour, images read at once; calibrated (calibration:), 1800 before':
    '快速检验半小时内出结果，影像即时判读；由校准求得（见calibration:），原为1800',
  'Spread of result times': '等结果时间的离散',
  'Five to nine minutes with the doctor, a 3 h visit being three quarters queueing': '看诊5至9分钟，3小时就诊有四分之三在排队',
  'Diagnosis time has a heavy tail (published for one hospital)': '看诊时间有长尾（一家医院的公开数据）',
  'Reading results is shorter than a first consultation': '看结果比初次看诊短',
  'Spread of return consultations': '复诊看结果时间的离散',
  'Registration at a window 30–60 s': '窗口挂号30至60秒',
  'Spread of window times': '窗口办理时间的离散',
  'Self-service 60–90 s': '自助办理60至90秒',
  'Spread of kiosk times': '自助机办理时间的离散',
  'Cashier 60–120 s': '收费60至120秒',
  'Dispensing 60–120 s': '发药60至120秒',
  'Spread of dispensing times': '发药时间的离散',
  'Drawing blood takes about two minutes': '抽血约两分钟',
  'Spread of examination times': '检查时间的离散',
  'X-ray and ultrasound five to ten minutes': 'X光与超声5至10分钟',
  'A quarter of an hour of a doctor for an emergency patient': '每位急诊患者占医生约一刻钟',
  'Spread of emergency treatment': '急诊处置时间的离散',
  'A volunteer spends two or three minutes with a patient': '志愿者帮助一位患者两三分钟',
  'Spread of help': '帮助时间的离散',
  'Paying on the phone 20–40 s': '手机付费20至40秒',
  'Spread of phone handling': '手机操作时间的离散',
  'An impatient patient still waits an hour or more': '没有耐心的患者也会等一小时以上',
  'People asked to wait for the insurer come back after some ten minutes': '被请稍候的人约十分钟后再来',
  'Opening another app and finding the bill again': '打开另一个应用并重新找到账单',
  'Spread of switching': '切换时间的离散',
  "An entry app's gateway opens its page in some 30 ms": '入口网关约30毫秒打开页面',
  'Spread of back-end service times': '后台服务时间的离散',
  'Checking a session is shorter than opening': '验证会话比打开短',
  'Making an order on the platform writes to its books': '平台下单须记账',
  'A look-up on the platform': '平台上一次查询',
  'One posting on the platform': '平台上一次记账',
  'Credit assessment reads several books': '信用评估须查多个账册',
  'Credential, account and query calls to the insurer read one record': '凭证、账户与查询类调用只读一条记录',
  'Account query and trial settlement in one job; national press text gives 0.8 s for an inpatient settlement':
    '账户查询与试算合为一次；全国性报道称住院结算为0.8秒',
  'Settlement runs the rules again and writes': '正式结算再算一遍规则并写入',
  'Undoing a settlement writes without the rules': '撤销结算只写入、不算规则',
  'Fourteen catalogues (1301–1315) asked for their version, a look-up each': '14个目录（1301–1315）逐个查询版本',
  'A bank authorises or debits in a quarter of a second': '银行授权或扣款约四分之一秒',
  'Capturing an authorised sum': '完成已授权的扣款',
  'One-tap signing and granting a limit': '一键签约并授予额度',
  "A hospital's own system answers in some 80 ms": '医院自身系统约80毫秒应答',

  // 账单
  'Registration and consultation fee by tier, recalled and unverified': '各等级挂号与诊查费，凭记忆，未经核实',
  'S3 §6.2.2 forbids repeated charging; how many bills offend is not published. Small, and enough to be seen in a window. Played at 0, 0.004 and 0.02':
    'S3第6.2.2条禁止重复收费；违规账单占比未公布。取值较小，但足以在一个时间窗内见到。试过0、0.004、0.02',
  "S3 §5.2.2 wants catalogues kept equal to the insurer's; how many bills charge an uncovered item to it is not published. Played at 0, 0.003 and 0.02":
    'S3第5.2.2条要求目录与医保一致；把目录外项目纳入医保的账单占比未公布。试过0、0.003、0.02',
  'S3 §5.1.6 restricts who may have an item; how many bills charge an item for children for somebody else is not published. Played at 0, 0.002 and 0.02':
    'S3第5.1.6条限定使用对象；限儿童项目用于成人的账单占比未公布。试过0、0.002、0.02',
  'No public count of lines a bill was found; up to three keep a play cheap, since hospital and bureau write and read each. Played at 1, 3 and 8. Only the wire has lines, and no split and no queue moves with them':
    '未见每张账单明细数的公开资料；至多三条，使回放省力：医院与医保局要逐条写、逐条读。试过1、3、8。只有线上回放有明细，分割与排队都不随之变动',
  'Chosen with the drug bill so that a mean payment comes near the published 252.8 yuan a transaction at the larger hospitals':
    '与药费一并取值，使较大医院的每笔平均接近公布的252.8元',
  'As for examinations': '同检查费',
  'An emergency visit costs about as much as examination and drugs together': '一次急诊约为检查费与药费之和',
  'Bills have a heavy tail': '账单有长尾',
  "Share of a bill inside the insurance's scope": '账单中属医保范围的比例',
  'An online repeat prescription or a pharmacy purchase': '一次线上续方或药店购药',

  // 入口、平台、银行、医保局
  'The paper names 随申办 as main entry and WeChat and Alipay first among 19 others; how payments spread over them is not published':
    '论文称“随申办”为主入口，微信与支付宝居其余19个之首；各入口的付费占比未公布',
  'Capacity of the entries is not published; the main one is about 35 % busy in the peak hour at 40 % adoption and 70 % at 80 %':
    '各入口的容量未公布；主入口在使用率40%时高峰小时利用率约35%，80%时约70%',
  'Banks are taken to close their day at 23:00, as the interbank clearing day does (recalled, unverified); plausible 17:00 to midnight. It moves nothing in the virtual city':
    '设银行23:00日切，同银行间清算日（凭记忆，未经核实）；17:00至零点均有可能。不影响虚拟城市的任何数字',
  'Hospitals are taken to close their day at midnight; some close in the afternoon. It moves nothing in the virtual city':
    '设医院零点日结；也有下午日结的。不影响虚拟城市的任何数字',
  'Longer than every timeout of a call and than a wallet waits for a password, shorter than a patient waits at a window. It moves nothing in the virtual city':
    '长于每次调用的超时，也长于钱包等候输入密码的时间，短于患者在窗口肯等的时间。不影响虚拟城市的任何数字',
  'Several commercial banks take part (S1 §1); their shares are not published': '有多家商业银行参与（S1 §1）；各行占比未公布',
  'Sized to be about 45 % busy in the peak hour at 40 % adoption and 70 % at 80 %, kiosk payments included':
    '按使用率40%时高峰小时约45%、80%时约70%的利用率设定，含自助机付费',
  'Capacity of the shared base is not published; about 35 % busy in the peak hour at 40 % adoption and 70 % at 80 %':
    '统一基础平台的容量未公布；使用率40%时高峰小时利用率约35%，80%时约70%',
  'Sized to be about 60 % busy in the peak hour of a Monday in December: 42 visits/s, 2.1 payments a visit, 0.86 s of insurer work a payment, pharmacies beside them':
    '按12月周一高峰小时约60%的利用率设定：每秒42次就诊、每次2.1笔付费、每笔占医保局0.86秒，另有药店',
  'Chosen shorter than the 120 s that one public hospital client waits for its insurer gateway':
    '短于一款公开的医院客户端等候医保网关的120秒',
  'First call and two more': '首次调用，再试两次',
  'Common practice': '通常做法',
  'A refused connection is noticed at once': '连接被拒立即可知',
  'Half a minute of calls': '半分钟内的调用',
  'Fewer calls say little': '调用太少说明不了什么',
  'Half of the calls failing is an outage': '半数调用失败即为中断',
  'One probe every five seconds': '每五秒探测一次',
  'Online visits of an internet hospital, mean hour of the day': '一家互联网医院的线上就诊，全天各小时平均',
  'Online visits mostly pay online': '线上就诊大多线上付费',
  'Daytime with a long evening': '白天为主，晚间较长',
  'Insured purchases of a pharmacy, mean hour of the day': '一家药店的医保购药，全天各小时平均',
  'Most customers of a pharmacy use the card': '药店顾客大多用卡',
  '141.2 thousand sign-ups from early May to the end of 2020 are about 590 a day; attempts are more, and a day in December more than the mean':
    '5月初至2020年底签约14.12万人，约合每日590人；发起的更多，12月的一天又多于平均',
  'People sign up in the hall and, fewer, at home in the evening': '多在大厅签约，晚间在家的较少',
  'Most who apply get a limit': '申请者大多获得额度',
  'A digital card for those without a card (S1 §3)': '为无卡者发数字卡（S1 §3）',
  'A raised limit for those whose limit is short (S1 §3)': '额度不足者提额（S1 §3）',

  // 医保政策
  'No yearly ceiling of outpatient benefit was found; a sum nobody reaches': '未查到门诊年度封顶；取一个无人达到的数',
  'Yearly credit to the account at this age, recalled and unverified': '该年龄的年度账户划入，凭记忆，未经核实',
  'What people have saved on the account is not published': '账户历年结余未公布',
  '70–80 % tertiary, 75–85 % secondary, 80–90 % primary; unverified': '三级70–80%，二级75–85%，一级80–90%；未经核实',
  '700 yuan for most retired people, 300 for the oldest; unverified': '退休人员多为700元，年龄最大者300元；未经核实',
  "Yearly credit to a retired person's account, recalled and unverified": '退休人员的年度账户划入，凭记忆，未经核实',
  'As from 2021': '同2021年起',
  'Children and residents of 60 and over, unverified': '儿童与60岁及以上居民，未经核实',
  "Residents' insurance keeps no personal account": '居民医保不设个人账户',
  'Below the 630,000 of 2024, unverified': '低于2024年的63万元，未经核实',
  'Taken as for employees, unverified': '比照职工，未经核实',
  'S3 §6.2.2 forbids split, repeated and excess charging; from how many settlements a day a review asks is not published':
    'S3 §6.2.2 禁止分解、重复与超量收费；一日结算几次起列入审核，未见公布',
  'Share of appeals that succeed is not published': '申诉成功的占比未公布',
  'Agreements speak of some thirty days from the application, unverified': '协议约为申报后三十天，未经核实',
  'Time to appeal is not published': '申诉期限未公布',
  'Time to decide on an appeal is not published': '申诉审理期限未公布',
  'A design target; no norm for outpatient settlement was found': '设计目标；未查到门诊结算的标准',
  'Five good minutes count as back': '连续五分钟达标即算恢复',

  // 流感周与上线日
  "Influenza-like illness doubles or triples in a flu season; no document gives Shanghai's visits by department":
    '流感季流感样病例增至两三倍；没有文件给出上海分科就诊量',
  'Children fall ill first and see a doctor sooner': '儿童先发病，也更早就诊',
  'Fever clinics and general practice take part of it': '发热门诊与全科分担一部分',
  'Fever at night goes to the emergency room': '夜间发热者去急诊',
  'Terminals restart and sign in by themselves within two minutes of the switch; staff who do it by hand take longer':
    '终端在切换后两分钟内自行重启并签到；人工操作的更久',
  'A terminal that failed tries again after half a minute': '失败的终端半分钟后再试',
  'Some 300,000 rows of drugs, consumables, services and diagnoses at 200 bytes; packed less, with all columns more. No document gives the size':
    '药品、耗材、诊疗项目与诊断约30万行，每行200字节；压缩后更小，列全则更大。没有文件给出大小',
  "Transfers the bureau's file desk serves at a time, the rest queue; not published": '医保局文件服务同时处理的下载数，其余排队；未公布',
  "A site's leased line of 20 Mbit/s; fifty of them fill one gigabit": '执业点专线20兆比特每秒；五十条占满一千兆',
  'A site keeps its place in the queue for two hours before it asks again': '执业点在队中保留位置两小时，之后重新请求',
  'Most sites can run the old interface beside the new one; a fifth replace it, and their windows and kiosks hold every settlement until they are ready':
    '多数执业点可新旧接口并行；五分之一直接替换，就绪之前其窗口与自助机暂停一切结算',
  '141.2 thousand sign-ups to the end of the year; a campaign in the halls on the first day brings some seven per cent of them':
    '到年底签约14.12万；首日大厅推广带来约百分之七',

  // 退费
  'Examinations given up and drugs out of stock; about one paid bill in a hundred is taken for ordinary':
    '放弃检查、药品缺货；取每百张已付账单约一张为常态',
  'One item of several is out of stock or given up; no document tells how often': '多项之中一项缺货或放弃；没有文件给出频率',
  'More than half of such a bill stands': '此类账单过半金额照收',
  'A wallet takes a code that asks for no password somewhat slower than a bank debits a card': '钱包受理免密付款码略慢于银行扣卡',
  'People queued to pay by cash, insurance card, bank card or code (S1 §2); how many of those at a kiosk showed a code is not published, two in three is taken':
    '患者排队以现金、医保卡、银行卡或扫码付费（S1 第二节）；自助机上出示付款码者的比例未公布，取三分之二',
  'Found out at the next counter, a walk away; some only come back much later. It moves nothing but which refunds fall into a window played over HTTP':
    '走到下一窗口才发现，也有人很晚才返回；仅影响哪些退费落入网络回放的时段',

  // 天津试点
  'One site each': '各一个执业点',
  'A general tertiary hospital sees some 5,500 outpatients a day, a district one a fifth of it; no document gives them':
    '三级综合医院日门诊约5,500人次，区级医院约为其五分之一；没有文件给出',
  "As Shanghai's, where the elderly make half the visits": '与上海相同，老年人占就诊的一半',
  "How the banks' judgements are spread over signed persons is not published": '银行授信结果在签约人群中的分布未公布',
  "So many that visits a head are as many as in shanghai.yaml; the pilot's patients are not published":
    '取人均就诊次数与上海城市文件相同的人数；试点患者数未公布',
  "As Shanghai's, whose share of people of 60 and over is near Tianjin's (recalled and unverified)":
    '与上海相同，其60岁及以上人口占比与天津相近（凭记忆，未经核实）',
  "As Shanghai's of 2020; appointments have become more frequent since": '取上海2020年的值；此后预约更多',
  'Share that manages a kiosk or the phone alone; the elderly need help most, as in shanghai.yaml':
    '能独自使用自助机或手机的占比；老年人最需协助，与上海城市文件相同',
  'Volunteers guide elderly patients; how much they raise success is not published': '志愿者引导老年患者；成功率提高多少未公布',
  'The plan knows no limit raised on the spot': '方案没有现场提额',
  "The four hospitals' outpatient and emergency visits of a year, some 5,500 a day at the municipal one and 1,100 at each of the others":
    '四家医院全年门急诊量，市级一家日均约5,500人次，其余各约1,100人次',
  'A leap year, as 2024 is': '闰年，2024年即是',
  "The pilot's hospitals are public": '试点医院均为公立',
  'No document gives the season; all months alike': '没有文件给出季节分布；各月相同',
  'Short at the peak, yet enough for the whole day, so that lines are gone in the evening; tertiary hospitals as calibrated for Shanghai':
    '高峰不足而全天足够，傍晚排队消尽；三级医院取上海的校准值',
  'Blood is drawn in the morning and lines form; tertiary hospitals as calibrated for Shanghai':
    '上午集中抽血而排队；三级医院取上海的校准值',
  'Machines of large hospitals are short at the peak; tertiary hospitals as calibrated for Shanghai':
    '大医院高峰时设备不足；三级医院取上海的校准值',
  'Pharmacy lines of large hospitals are long at the end of the morning; tertiary hospitals as calibrated for Shanghai':
    '大医院药房近午排队长；三级医院取上海的校准值',
  'Walking between two lines of a hospital; as calibrated for Shanghai': '院内两处排队之间的步行；取上海的校准值',
  'Rapid laboratory results within half an hour, images read at once; as calibrated for Shanghai':
    '快速检验半小时内出结果，影像即时判读；取上海的校准值',
  "As Shanghai's": '与上海相同',
  'Through which entries the pilot is used is not published': '试点经由哪些入口使用未公布',
  'Capacity of the entries is not published; settling on leaving asks none of them': '入口容量未公布；离院结算不经过入口',
  'The plan wants banks with some practice and names none; two are taken': '方案要求有经验的银行而未具名；取两家',
  'About a third busy in the peak hour with every adopter settling on leaving': '所有采用者均离院结算时，高峰小时约三分之一繁忙',
  "Capacity of the pilot's platform is not published; under a tenth of it is busy in the peak hour":
    '试点平台容量未公布；高峰小时不足十分之一繁忙',
  "The part of the city's insurer that serves four hospitals: about 40 % busy in the peak hour, 0.5 visits/s with three payments each and 0.86 s of work a payment at windows":
    '全市医保系统中服务四家医院的部分：高峰小时约40%繁忙，每秒0.5人次、每人次三笔支付，窗口每笔占用0.86秒',
  'The plan wants no card': '方案不要求卡',
  'Recalled and unverified; no document of ours gives it': '凭记忆，未经核实；所附文件均未给出',
  'As in Shanghai': '与上海相同',
  'One municipal hospital and two or three of the districts (S4 二(三)); the larger number is taken':
    '市级医院一家、区级医院两至三家（S4 二(三)）；取较大者',
  'One general tertiary hospital of the city and two or three institutions of the districts (S4 二(三)), taken as secondary; the larger number is taken':
    '市级三级综合医院一家、区属机构两至三家（S4 二(三)），按二级计；取较大者',
  'The bank grants at or below the band by its own judgement (S4 二(四)); what it would lend is not published':
    '银行在分档额度之内自行审定（S4 二(四)）；实际授信额未公布',
  "As Shanghai's; out-of-town patients, who are not insured in the city, cannot use the pilot (S4 二(四))":
    '与上海相同；未在本市参保的外地患者不能使用试点（S4 二(四)）',
  'How 海河分 of signed persons are spread over the six bands is not published; most are taken to stand in the middle':
    '签约人群的海河分在六档中的分布未公布；按多数居中计',
  'Card loans of Chinese banks are overdue by some percent; sums are small here and the score hears of it':
    '国内银行卡贷款逾期率为百分之几；此处金额小，且逾期计入海河分',
  "Some repay within the week, most when the month's statement comes, the rest on the last day without interest":
    '有人一周内还，多数见到月账单时还，其余在无息期最后一日还',
  'How patients spread over these days is not published': '患者在各日的分布未公布',
  'The plan names the three wallets (S4 二(二)) and no shares': '方案列出三种还款渠道（S4 二(二)），未给比例',
  'The plan says that bad records count (S4 三(一)) and not how much': '方案规定不良信息计入评价（S4 三(一)），未说明分值',
  'Staff and signs in the halls lead patients to it (S4 三(五)); how many sign up in a day is not published':
    '大厅标识与专人引导患者办理（S4 三(五)）；每日签约人数未公布',
  'As patients come: most before they see a doctor': '随患者到院：多在就诊之前',
  'Below 575 points no band is given (S4 二(四)), and a bank may refuse by its own judgement; how many is not published':
    '575 分以下无对应额度（S4 二(四)），银行亦可自行评估不予授信；比例未公布',
  'Few walk out after treatment without settling, since the score hears of it (S4 三(一)); no document tells how many':
    '诊疗后不结算即离院者少，因会计入海河分（S4 三(一)）；没有文件给出比例',

  'Made up for tests': '为测试而编造',
}
