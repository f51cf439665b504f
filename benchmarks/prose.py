"""Endless believable Chinese: sentences put together from a small grammar, never two pages alike.

The words are spread widely on purpose, so that two texts share no more three-character runs than two real
reports of one newspaper do, and near-duplicate search has honest work.
"""

from random import Random

SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅"
GIVEN = "安邦伯才辰成初春达丹德定冬栋敦恩帆方芳飞风福刚桂国海涵禾和衡弘虹鸿厚华怀慧霁家坚建江杰洁锦静菊娟君俊凯康兰岚乐磊丽莲良林琳凌龙岭露满茂梅萌敏明木楠宁培鹏平朴奇青清秋泉荣容如瑞森山善尚深盛石书舒树双水松素泰桃天田庭同望薇维文武希溪夏先贤晓心新星秀雪雅岩燕阳尧野宜义英莹永勇友雨玉园远月云泽湛昭哲真正知志忠竹卓子"
PLACE_HEADS = "白云青石柳杨松竹枫桃梅荷沙泥铜铁金银玉龙凤鹤鹭雁鱼马牛羊狮虎东南西北上下前后新老大小长短平高"
PLACE_TAILS = "溪江湖塘湾渡桥坝闸岭坡坪岗坑坞洲滩浦港口街巷村庄寨堡铺店埠场园"
NOUNS = "账本 梯田 水渠 祠堂 茶园 渔网 晒谷场 粮仓 榨油坊 砖窑 校舍 药房 戏台 码头 果林 菜市 面馆 锯木厂 蚕房 羊圈 蜂箱 温室 牌坊 古井 路灯 公交站 图书角 琴房 球场 托儿所 食堂 养老院 修车摊 邮亭 广播站 水塔 变电所 陶坊 染缸 织机 石磨 酒窖 豆坊 酱园 竹筏 风车 雨棚 台阶 护栏 树苗 菌棚 鱼苗 稻种 样品 图纸 档案 合同 清单 存折 奖状 旧照片 录音 手稿 族谱 地契 工牌 药箱 显微镜 水准仪 无人机 摄像头 传感器 收割机 插秧机 烘干机 拖拉机 三轮车 渡船 缆绳 铁锚 油灯 火炉 秤砣".split()
VERBS = "清点 修补 丈量 翻新 登记 搬运 擦洗 看守 租下 捐出 拆掉 重建 画下 拍摄 抄写 盘活 打磨 浇灌 嫁接 晾晒 腌制 烘焙 装订 校准 试用 推广 讲解 接管 承包 托付 归还 复原 改造 检验 播种 采收 分拣 包装 运送 发放 收集 整理 核对 标注 编号 测绘 加固 疏通 遮盖 焊接 油漆 悬挂 点亮 拆洗 缝补 雕刻 描摹 复述 朗读 演奏 排练 教会 劝说 走访 等候 寻找".split()
TIMES = "天刚亮 午后 傍晚 立春那天 清明前 谷雨过后 小满时节 芒种 夏至 大暑 立秋 白露前后 寒露 霜降 立冬 小雪 冬至夜 腊月里 正月初六 梅雨季 台风前夜 停电那晚 开学头一天 赶集日 雨停以后 涨水期间 收工时 换班前 第二年 第三个月 半夜 隔天".split()
PEOPLE = "会计 木匠 护士 船工 教师 邮递员 裁缝 电工 兽医 厨师 司机 渔民 果农 茶农 学徒 退伍兵 大学生 合作社理事 村医 放映员 泥瓦匠 石匠 药师 保管员 巡线工 养蜂人 摄影师 文书 门卫 调解员 装卸工 化验员 播音员 图书管理员 绣娘 铁匠 园丁 测量员 车工 理发师".split()
MANNERS = "一笔一画地 不慌不忙地 悄悄地 反复地 挨家挨户地 按着老规矩 凭着记忆 照着样子 借着灯光 冒着小雨 顶着日头 摸着石头 隔三差五地 从头到尾地 小心地 大声地 轮流地 独自 合伙 免费".split()
FEELINGS = "心里有数 松了一口气 半天没有说话 红了眼圈 笑出了声 拍了拍手上的灰 摇了摇头 点起一支烟 把话咽了回去 连声道谢 愣在门口 记在了本子上 睡了个安稳觉 哼起小调 数了又数 多看了两眼 转身就走 递过一碗茶 擦了擦眼镜 抬头望天".split()
SAYINGS = "东西不怕旧，就怕没人要 慢一点不要紧，断了才可惜 账要算清楚，情分也要记清楚 能修就修，修不好再说 今天不做，明天还是要做 别人走得快，我们走得稳 看见了就不能当没看见 手艺在手上，也在眼睛里 一个人忙不过来，就叫上邻居 日子是一天一天过出来的 水往低处走，人往实处做 先问老人，再问图纸".split()
NUMERALS = "两三 四五 七 八 九 十二 十五 十八 二十一 二十六 三十三 三十七 四十四 五十二 六十 七十八 九十六 一百零五 一百四十 二百三十 三百六十 四百一十 七百多 一千二百 两千".split()
UNITS = "个 件 户 亩 米 斤 次 页 趟 天 箱 车 张 条 间 把".split()

PATTERNS = (
    "{time}，{place}的{people}{name}{manner}{verb}{noun}，一共{number}{unit}。",
    "{name}说，{noun}要先{verb}，再{verb2}，否则{noun2}就白费了。",
    "从{place}到{place2}，{number}{unit}{noun}由{people}{verb}，{people2}在旁边{verb2}。",
    "“{saying}。”{time}，{name}{verb}完{noun}，{feeling}。",
    "{people}们起初不愿意{verb}{noun}，{name}{manner}{verb2}给他们看，{time}便有{number}人跟着做。",
    "那一年{place}的{noun}少了{number}{unit}，{name}{feeling}，{time}又去{verb2}{noun2}。",
    "{number}{unit}{noun}、{number2}{unit2}{noun2}，{name}都{manner}{verb}过。",
    "在{place}，{verb}{noun}的是{name}，{verb2}{noun2}的是一位姓{surname}的{people}。",
    "{name}的办法很简单：{time}{verb}{noun}，{manner}{verb2}，谁问都讲。",
    "{people}{feeling}，因为{noun}和{noun2}都留在了{place}。",
    "如今{place}的{people}遇到{noun}的事，头一个想到的是{name}。",
    "{time}，{noun}终于{verb}好了，{name}{feeling}，{people}{name2}{manner}{verb2}起{noun2}来。",
)


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def place(rng: Random) -> str:
    return rng.choice(PLACE_HEADS) + rng.choice(PLACE_HEADS) + rng.choice(PLACE_TAILS)


def sentence(rng: Random) -> str:
    pick = rng.choice
    return pick(PATTERNS).format(
        time=pick(TIMES), manner=pick(MANNERS), feeling=pick(FEELINGS), saying=pick(SAYINGS), surname=pick(SURNAMES),
        place=place(rng), place2=place(rng), name=person(rng), name2=person(rng), people=pick(PEOPLE), people2=pick(PEOPLE),
        noun=pick(NOUNS), noun2=pick(NOUNS), verb=pick(VERBS), verb2=pick(VERBS),
        number=pick(NUMERALS), number2=pick(NUMERALS), unit=pick(UNITS), unit2=pick(UNITS),
    )  # fmt: skip


def paragraph(rng: Random) -> str:
    return "".join(sentence(rng) for _ in range(rng.randint(1, 4)))


def headline(rng: Random) -> str:
    """A person and what they do: 8 to 16 characters."""
    return f"{person(rng)}：{rng.choice(MANNERS)}{rng.choice(VERBS)}{place(rng)}的{rng.choice(NOUNS)}"
