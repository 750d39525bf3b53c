// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/throttle_box.h"

#include "ui/services/text.h"
#include "ui/widgets/value_spins.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

using namespace std::chrono_literals;

/// What the combo's entries stand for; a profile's entry also carries its name.
enum Mode { Outside, Profile, Rates, Pieces, Slices };
constexpr int kNameRole = Qt::UserRole + 1;

int modeOf(const std::optional<Throttle> &throttle)
{
    if (!throttle)
        return Outside;
    if (!throttle->profile.empty())
        return Profile;
    if (throttle->chunks || throttle->over)
        return Pieces;
    if (throttle->slice || throttle->pause)
        return Slices;
    return Rates;
}

} // namespace

ThrottleBox::ThrottleBox(QWidget *parent)
    : QWidget(parent)
    , m_mode(new QComboBox)
    , m_download(new ByteRateSpin(QStringLiteral("throttleDownloadSpin"), tr("Download rate")))
    , m_upload(new ByteRateSpin(QStringLiteral("throttleUploadSpin"), tr("Upload rate")))
    , m_chunks(new QSpinBox)
    , m_over(new MillisecondSpin(QStringLiteral("throttleOverSpin"), tr("Time for all pieces")))
    , m_slice(new QSpinBox)
    , m_pause(new MillisecondSpin(QStringLiteral("throttlePauseSpin"), tr("Pause between writes")))
    , m_hint(new QLabel)
    , m_message(new QLabel)
{
    m_mode->setObjectName(QStringLiteral("throttleCombo"));
    m_mode->setAccessibleName(tr("Throttle"));
    m_chunks->setObjectName(QStringLiteral("throttleChunksSpin"));
    m_chunks->setAccessibleName(tr("Number of pieces"));
    m_chunks->setRange(1, 1'000'000);
    m_slice->setObjectName(QStringLiteral("throttleSliceSpin"));
    m_slice->setAccessibleName(tr("Bytes a write"));
    m_slice->setRange(1, 1'000'000'000);
    m_slice->setSuffix(tr(" B"));
    m_slice->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_hint->setObjectName(QStringLiteral("throttleHint"));
    m_hint->setProperty("role", QStringLiteral("muted"));
    m_hint->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("throttleMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto *first = new QHBoxLayout;
    first->setContentsMargins(0, 0, 0, 0);
    first->addWidget(m_mode);
    first->addWidget(m_hint, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(first);
    layout->addWidget(makeFields());
    layout->addWidget(m_message);
    connectFields();
    fillModes();
    refresh();
}

QWidget *ThrottleBox::makeFields()
{
    auto *fields = new QWidget;
    auto *row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &text, QWidget *field, int mode) {
        auto *label = new QLabel(text);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field);
        m_fields.emplace_back(label, mode);
        m_fields.emplace_back(field, mode);
    };
    add(tr("Download"), m_download, Rates);
    add(tr("Upload"), m_upload, Rates);
    add(tr("Pieces"), m_chunks, Pieces);
    add(tr("over"), m_over, Pieces);
    add(tr("Bytes a write"), m_slice, Slices);
    add(tr("then a pause of"), m_pause, Slices);
    row->addStretch();
    return fields;
}

void ThrottleBox::connectFields()
{
    connect(m_mode, &QComboBox::activated, this, &ThrottleBox::changeMode);
    connect(m_download, &QSpinBox::valueChanged, this, [this] {
        change([this](Throttle &t) { t.download = m_download->rate(); }, m_download->objectName());
    });
    connect(m_upload, &QSpinBox::valueChanged, this, [this] {
        change([this](Throttle &t) { t.upload = m_upload->rate(); }, m_upload->objectName());
    });
    connect(m_chunks, &QSpinBox::valueChanged, this, [this](int n) {
        change([n](Throttle &t) { t.chunks = static_cast<std::uint64_t>(n); },
               m_chunks->objectName());
    });
    connect(m_over, &QSpinBox::valueChanged, this, [this] {
        change([this](Throttle &t) { t.over = m_over->duration(); }, m_over->objectName());
    });
    connect(m_slice, &QSpinBox::valueChanged, this, [this](int n) {
        change([n](Throttle &t) { t.slice = ByteCount{static_cast<std::uint64_t>(n)}; },
               m_slice->objectName());
    });
    connect(m_pause, &QSpinBox::valueChanged, this, [this] {
        change([this](Throttle &t) { t.pause = m_pause->duration(); }, m_pause->objectName());
    });
}

void ThrottleBox::setNetworks(const std::vector<NetworkProfile> &networks)
{
    if (networks == m_networks)
        return;
    m_networks = networks;
    fillModes();
    refresh();
}

void ThrottleBox::fillModes()
{
    const QSignalBlocker quiet(m_mode);
    m_mode->clear();
    m_mode->addItem(tr("From outside"), Outside);
    for (const NetworkProfile &network : m_networks) {
        m_mode->addItem(toQString(network.title.empty() ? network.name : network.title), Profile);
        m_mode->setItemData(m_mode->count() - 1, toQString(network.name), kNameRole);
    }
    m_mode->addItem(tr("Own rates"), Rates);
    m_mode->addItem(tr("In equal pieces"), Pieces);
    m_mode->addItem(tr("In small writes"), Slices);
}

void ThrottleBox::setThrottle(const std::optional<Throttle> &throttle)
{
    if (m_isRefused && throttle == m_accepted)
        return;
    m_isRefused = false;
    m_refusal.clear();
    m_accepted = throttle;
    m_throttle = throttle;
    refresh();
}

void ThrottleBox::setProblem(const QString &text)
{
    m_isRefused = !text.isEmpty();
    m_refusal = text;
    if (!m_isRefused)
        m_accepted = m_throttle;
    refresh();
}

void ThrottleBox::change(const std::function<void(Throttle &)> &edit, const QString &field)
{
    if (!m_throttle)
        return;
    edit(*m_throttle);
    Q_EMIT edited(m_throttle, field);
}

void ThrottleBox::changeMode()
{
    const int mode = m_mode->currentData().toInt();
    const std::string name = toStd(m_mode->currentData(kNameRole).toString());
    if (mode == modeOf(m_throttle) && (mode != Profile || m_throttle->profile == name))
        return;
    if (m_throttle)
        m_kept.keep({modeOf(m_throttle), m_throttle->profile}, *m_throttle);
    if (const auto kept = m_kept.last({mode, name}); kept && mode != Outside) {
        m_throttle = kept;
        refresh();
        Q_EMIT edited(m_throttle, QStringLiteral("throttleCombo"));
        return;
    }
    Throttle made;
    switch (mode) {
    case Profile:
        made.profile = name;
        break;
    case Rates: {
        // The rates of the profile that was chosen are a good place to start from.
        const NetworkProfile *before
            = m_throttle ? findNetworkProfile(m_networks, m_throttle->profile) : nullptr;
        made.download = before ? before->download : ByteCount{50'000};
        made.upload = before ? before->upload : ByteCount{20'000};
        break;
    }
    case Pieces:
        made.chunks = 5;
        made.over = 2s;
        break;
    case Slices:
        made.slice = ByteCount{100};
        made.pause = 100ms;
        break;
    default:
        break;
    }
    m_throttle = mode == Outside ? std::nullopt : std::optional(made);
    refresh();
    Q_EMIT edited(m_throttle, QStringLiteral("throttleCombo"));
}

QString ThrottleBox::hint() const
{
    switch (modeOf(m_throttle)) {
    case Outside:
        return tr("the narrowest scope that has a throttle decides");
    case Profile: {
        const NetworkProfile *profile = findNetworkProfile(m_networks, m_throttle->profile);
        if (!profile)
            return tr("there is no profile of this name");
        return tr("%1 ± %2, %3 down, %4 up")
            .arg(toQString(formatDuration(profile->latency)),
                 toQString(formatDuration(profile->jitter)),
                 toQString(formatByteRate(profile->download)),
                 toQString(formatByteRate(profile->upload)));
    }
    default:
        return {};
    }
}

void ThrottleBox::refresh()
{
    const int mode = modeOf(m_throttle);
    int row = m_mode->findData(mode);
    if (mode == Profile) {
        const QString name = toQString(m_throttle->profile);
        row = m_mode->findData(name, kNameRole);
        if (row < 0) {
            m_mode->addItem(name, Profile);
            row = m_mode->count() - 1;
            m_mode->setItemData(row, name, kNameRole);
        }
    }
    m_mode->setCurrentIndex(row);
    // Rates that a file adds to a profile or to pieces are to be seen, too.
    const bool hasRates = m_throttle && (m_throttle->download || m_throttle->upload);
    for (const auto &[field, fieldMode] : m_fields)
        field->setVisible(fieldMode == mode || (fieldMode == Rates && hasRates));
    if (m_throttle) {
        m_download->showRate(m_throttle->download);
        m_upload->showRate(m_throttle->upload);
        const QSignalBlocker quiet1(m_chunks);
        const QSignalBlocker quiet2(m_slice);
        m_chunks->setValue(static_cast<int>(m_throttle->chunks.value_or(1)));
        m_over->showDuration(m_throttle->over.value_or(Duration{}));
        m_slice->setValue(static_cast<int>(m_throttle->slice.value_or(ByteCount{1}).value));
        m_pause->showDuration(m_throttle->pause.value_or(Duration{}));
    }
    m_hint->setText(hint());
    m_message->setText(m_refusal);
    m_message->setVisible(!m_refusal.isEmpty());
    m_message->setProperty("state", m_refusal.isEmpty() ? QStringLiteral("valid")
                                                        : QStringLiteral("invalid"));
}

} // namespace understudy::ui
