import { stemOf } from './stem.ts'

/**
 * Words that mean the same to an operator's assistant, in both languages, a meaning a line. What one example teaches of «гигабайты» holds for
 * «гиги», «трафик» and "data" too. Forms of one word need not be listed where its stem is the same.
 */
const MEANINGS = `
отключить отключение отключи отключал отключать выключить выключи выключать убрать убери уберите удалить удали удаление деактивировать деактивация отменить отмени отмена отменять отписать отпиши отпишите отписаться отказаться отказ откажусь избавиться off disable deactivate deactivation cancel unsubscribe remove stop rid
подключить подключи подключение подключать подсоединить включить включи включение включать активировать активируй активация активируйте оформить оформи врубить enable activate activation connect
деньги денег деньгам деньгами деньжат средства средств бабки бабло бабок рубль рублей руб рубля рублики money cash funds rubles rouble
списали списание списать спишут списывать списывает списывают списалось сняли снимают снимаете сняла сняло снялось снято содрали сожрали пропали делись ушли charge charged deduct deducted deduction billed
баланс счет счете счета счету лицевой balance account
долг задолженность должен должна минус минусе debt owe
осталось остаток остатка остатки остатков остались оставшиеся left remaining remain leftovers remains
гигабайт гигабайты гигабайтов гиг гиги гигов гига гигам гб мегабайт мегабайты мегабайтов мб мегов трафик трафика gigabyte gigabytes gig gigs gb mb megabyte megabytes data traffic
минута минуты минут минуток минуточка minute minutes
смс смска смски смсок сообщение сообщения эсэмэс sms text texts message messages
интернет интернета инет инета интернетом сеть internet online web
скорость скорости мегабит speed fast
медленно медленный медленная тормозит тормоза еле лагает лаги глючит тупит ползет черепаха slow slowly lag crawl crawls throttle buffering
не нет нету not no don't doesn't isn't won't can't cannot never
работает работать пашет фурычит функционирует грузит грузится открывается открываются загружается work works working load loads
сломался сломалась сломан поломка сбой авария неполадка broken outage down dead fail failed
звонок звонки звонков звонить позвонить звоню звонит вызов вызовы call calls calling dial
связь связи сигнал сигнала сети ловит ловить покрытие покрытия вышка вышки network signal coverage reception tower
тариф тарифы тарифный тарифа план плана tariff plan plans
сменить смена смени поменять поменяй поменяйте изменить изменение заменить замена перейти переход переведите переключить переключите change switch move
лучший лучше выгодный выгоднее посоветуйте посоветуй порекомендуйте подобрать подберите выбрать выбор recommend suggest choose best
дешевый дешевле дешевый недорогой недорогого cheap cheaper cheapest inexpensive
стоит стоимость цена цены почем тарификация cost costs price prices fee
услуга услуги услуг услугу опция опции опцию опций сервис сервисы service services option options extra extras
подписка подписки подписок подписку подписан рассылка рассылки контент subscription subscriptions subscribe subscribed newsletter content premium
пополнить пополнение пополни пополнять положить положи закинуть закинь закиньте внести оплатить оплата оплати заплатить topup recharge refill pay payment
платеж платежа платежи платежей платил оплатил оплатила пополнил пополнила закинул положил положила перевел перевела paid
пришел пришли пришло придет приходят приходит поступил поступили поступило поступает зачислен зачислены зачислили дошел дошло упало arrive arrived credited received reach
обещанный доверительный долг займ взаймы заем одолжить занять кредит отсрочка promised lend borrow loan advance credit trust
карта карты карту картой банковский card
автоплатеж автоплатежа автопополнение автооплата автоматически автоматическое auto autopay automatic automatically
верните вернуть вернете возврат возвратите возмещение компенсация перерасчет refund back compensation reimburse
перевести перевод перекинуть перекинь скинуть скинь передать передача отправить transfer send pass share
роуминг роуминга граница границей заграница зарубеж зарубежом поездка отпуск путешествие турция египет таиланд китай roaming abroad travel trip vacation country countries overseas
потерял потеряла потерялась потерялся потеря потеряна утеря утерян утеряна пропал пропала пропажа выронил забыл lost lose missing
украли украл украла украден украденный кража сперли стащили вытащили воры stole stolen theft thief steal pickpocketed
заблокировать заблокируйте блокировка блокировать блок заблочить block blocked
разблокировать разблокируйте разблокировка разбан восстановить восстановление восстановите возобновить unblock restore resume reactivate
приостановить приостановка заморозить заморозка пауза паузу временно консервация suspend freeze pause hold temporarily
сим симка симки симку симкарта симок сим-карта sim simcard
есим esim есимка
телефон телефона мобильник мобила мобилка смартфон трубка аппарат phone smartphone mobile handset
номер номера номером number numbers
оператор оператора операторов человек человека человеком специалист сотрудник консультант менеджер живой люди людьми operator agent human person representative supervisor manager
бот робот роботом автоответчик железяка нейросеть bot robot machine
перезвонить перезвоните перезвоню обратный callback
жалоба жаловаться пожаловаться претензия претензию недоволен недовольна complaint complain claim
ужасный ужасное отвратительный худший безобразие позор плохой хамство нахамили хамил terrible awful worst rude disgrace
мошенник мошенники мошенников мошенничество развод обманули обман аферисты scam scammer scammers fraud fraudster fraudulent
спам реклама рекламы рекламный рекламой spam ads advertising
скидка скидки скидку скидок акция акции льгота льготы промокод discount discounts promo offer offers promotion
бонус бонусы бонусов балл баллы баллов кэшбэк кешбек подарок подарки привилегии bonus bonuses points cashback loyalty gift gifts
настройка настройки настроек настроить настрой настройте параметры settings setup set configure configuration
раздать раздача модем точка хотспот hotspot tether modem router роутер
доставка доставки доставить доставят привезут привезите курьер курьера заказ заказа delivery deliver courier order
паспорт паспорта документ документы документов passport document documents
зарегистрировать регистрация регистрации саморегистрация register registration
купить куплю покупка докупить приобрести приобрел buy purchase
продать продам продажа продаю продается лот лоты sell selling lot lots
маркет биржа market marketplace
подарить поделиться поделюсь делиться общий семья семейный семье share gift family
переадресация переадресацию перенаправить перенаправляются forwarding forward divert redirect
перенос перенести перенесут mnp port porting portability
владелец владельца переоформить переоформление owner ownership
договор договора контракт contract agreement
расторгнуть расторжение закрыть аннулировать прекратить terminate close
детализация детализации детализацию распечатка выписка отчет справка statement itemised itemized invoice receipt report
приложение приложения приложении кабинет кабинета app application
войти вход входа зайти авторизация логин log login sign
пароль пароля код кода пин пинкод password code pin puk пак
салон салона офис офиса магазин магазина адрес shop store office address
помогите помоги помощь спасите спасти help save
скорая скорую врач врача доктор ambulance doctor
пожар горим горит fire burning
полиция полицию милиция police
рецепт рецепта испечь сварить приготовить варить жарить recipe cook bake boil
аптека аптеки лекарство лекарства pharmacy medicine insulin
продукты продуктов еда еды хлеб groceries food bread
привет здравствуйте здравствуй добрый здрасте алло hello hi hey
спасибо благодарю благодарность thanks thank
пока свидания прощайте bye goodbye
повторите повтори повторить repeat again
меню назад начало menu back
сколько скока скок how many much
почему зачем отчего why
где куда where
когда when
быстро быстрый быстрее срочно скорее urgent urgently asap quick
закончился закончились закончился кончился кончились кончилось израсходовал исчерпан ran used up
новый новая новую new
стоп хватит enough
сегодня today
вчера yesterday
завтра tomorrow
месяц месяца месяце month
дом дома доме home house
ребенок ребенка ребенку дети сын сына дочь дочка дочке child kid son daughter
мама мамы маме бабушка бабушке дедушка mother mum grandmother grandma
машина машины машину автомобиль авто тачка car cars vehicle
ипотека ипотеку ипотечный mortgage
вклад вклады депозит накопительный накопления deposit deposits savings
банкомат банкоматы терминал терминалы atm atms terminal kiosk
комиссия комиссии комиссию commission surcharge
лимит лимиты ограничение ограничения ограничен limit limits restriction restricted
процент проценты процентов ставка ставки ставку interest percent rate rates
заявка заявку заявки заявление обращение application request ticket
статус состояние status progress
срок сроки сроков дата даты период deadline date dates due
реквизиты реквизитов реквизитам бик инн кпп iban swift requisites
перевыпуск перевыпустить обновить обновление обновите обновились reissue renew renewal update
истек истекает истекла просрочен просрочка просроченный expired expire expires overdue
погасить погашение погашу досрочно досрочное досрочный repay repayment payoff
страховка страхование страховку застраховать полис insurance insure insured
валюта валюты валютный доллар доллары долларов евро юань курс currency currencies dollar dollars euro exchange
зарплата зарплаты зарплату получка получки salary payroll wage wages payday
пенсия пенсии пенсию пенсионер пенсионерка пенсионеры пенсионеров пожилой пожилых pension pensioner pensioners retiree senior seniors elderly
студент студентам студентов школьник школьника student students pupil
скачать загрузить загрузка установить установка установлю install download installation
узнать узнаю посмотреть проверить проверка проверьте покажи показать покажите увидеть глянуть check see view show look
хочу хотел хотела хотелось желаю want wish would
нужно нужен нужна нужны надо необходимо требуется need needs needed necessary
можно могу можете можем возможно возможность can could able possible may
получить получу получение получил взять возьму забрать get got obtain receive take
объяснить объясните поясните расскажите расскажи растолкуйте explain tell clarify
ошибка ошибки ошибку ошибочно ошибся ошиблась неверно неверный неправильно неправильный error errors mistake wrong incorrect invalid
проблема проблемы проблему проблем трудности issue issues problem problems trouble
условие условия условиях правила правило terms conditions rules
информация инфо информацию сведения подробности подробнее information info details
вопрос вопросы вопросов question questions
ответ ответа ответьте ответили ответит answer reply response
ждать жду ждем ожидание дождаться wait waiting
прошел прошла прошло прошли проходит проходят through succeed
завис зависла зависло зависает висит висят stuck pending hang hangs
отклонили отклонен отклонена отказали отказано declined rejected decline refused denied
подтвердить подтверждение подтвердите подтверждаю confirm confirmation verify verification
безопасность защита защитить обезопасить security protect protection safe secure
почта почты почту почте емейл мейл email mail e-mail
сайт сайта сайты сайте страница страницы портал website site page pages portal
банк банка банке банков сбербанк тинькофф bank banks banking
регион регионе региону область области город городе region city town area
друг друга другу друзьям подруга подруге friend friends
муж мужа мужу жена жены жене жену супруг супруга husband wife spouse
час часа часов часы часик hour hours
день дня дней дни сутки суток day days
неделя неделю недели недель week weeks
год года году лет годы year years
минимум минимальный минимальная максимум максимальный minimum minimal maximum
бесплатно бесплатный бесплатная бесплатные даром free complimentary
абонентская абонентской абонентскую абонплата абонплату абонплаты абонка monthly
дорого дорогой дороже подорожал подорожала expensive pricey
увеличить увеличение увеличьте повысить поднять подняли прибавить increase raise raised higher boost
уменьшить уменьшение уменьшите снизить понизить убавить decrease reduce lower downgrade
история истории операции операций операция транзакция транзакции history transaction transactions
образец бланк форма форму анкета form template questionnaire
вакансия вакансии трудоустройство резюме устроиться job jobs vacancy career hiring
погода погоду погоды дождь прогноз weather rain forecast temperature
фильм фильмы кино сериал сериалы movie movies film series
музыка музыку песня песню песенку music song songs sing
шутка шутку анекдот анекдоты пошути joke jokes funny
одиноко одинока одиноко скучно скука тоска тоскливо грустно печально sad lonely alone bored boring
болит боль больно заболел болею hurt hurts pain painful sick ill ache
умер умерла умирает умираю смерть погиб die died dying death deceased
голос голосовая голосовой голосовую voice voicemail
гудок гудка гудки мелодия мелодию рингтон ringback ringtone tone melody
определитель определителя определение антиопределитель caller
пропущенный пропущенные пропущенных missed
скрыть спрятать скрытый hide hidden conceal
копия копию копии дубликат copy duplicate
фамилия фамилию имя отчество surname name firstname
фирма фирму компания компании организация юрлицо бизнес company business firm corporate organisation
иностранец иностранца иностранный foreigner foreign
поезд самолет самолета рейс билет билеты билетов flight plane train airport tickets
отель гостиница гостиницу hotel hostel
собака собаку кот кота кошка кошку щенок котенок dog cat pet puppy kitten
такси таксист taxi cab uber
налог налоги налогов tax taxes
кровь кровотечение крови blood bleeding
дышит дышать задыхается задыхаюсь breathe breathing choke choking
упал упала упали свалился fell fallen
бьет бьют избили избивает напали нападение ударил грабят ограбили beat beating attack attacked robbed robbery assault
тонет тонем тону утонул drown drowning
дтп столкновение сбила сбили accident crash collision
сознание сознания обморок unconscious faint fainted
инсульт инфаркт сердце приступ stroke heart seizure
блин блины блинов блинчики борщ суп пирог пирожки плов котлеты pancake pancakes soup pie cake borscht
пятно пятна отмыть отстирать постирать почистить stain stains wash clean cleaning
льготник инвалид инвалидам инвалидность многодетный многодетным disabled veteran
выходные выходной праздник праздники праздничные weekend holiday holidays
расписание график режим schedule timetable hours
модель айфон айфона самсунг сяоми ксиоми андроид iphone samsung android xiaomi
обратно назад возвращение backwards
камера экран батарея зарядка зарядить screen battery charger camera
ватсап вацап вотсап телеграм телеграмм телега вайбер мессенджер мессенджеры whatsapp telegram viber messenger messengers
ютуб ютюб тикток видео видос видосы youtube tiktok video videos
вайфай вифи wifi wi-fi
детский детская детскую kids children
`

const meaningOfStem = new Map<string, number>()
for (const [meaning, line] of MEANINGS.trim().split('\n').entries()) {
  for (const word of line.split(' '))
    if (!meaningOfStem.has(stemOf(word))) meaningOfStem.set(stemOf(word), meaning)
}

/** The meaning that a word shares with others, as a number; undefined for words that stand for themselves. */
export const meaningOf = (word: string): number | undefined => meaningOfStem.get(stemOf(word))

/** Every word that is listed. */
export const THESAURUS_WORDS: readonly string[] = [...new Set(MEANINGS.trim().split(/\s+/))]
