// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/latency_box.h"

#include "ui/charts/latency_preview.h"
#include "ui/panels/behaviour/samples_field.h"
#include "ui/services/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/value_spins.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace understudy::ui {

namespace {

using namespace std::chrono_literals;

// LatencyModel's alternatives, in its order.
enum Model : std::size_t { Fixed, Uniform, Normal, Lognormal, Samples };

/// A model of another kind that is about as long as the one before.
LatencyModel modelOf(std::size_t kind, const std::optional<LatencyModel> &before)
{
    Duration base = 100ms;
    if (before && !std::holds_alternative<SampledLatency>(*before))
        base = std::max<Duration>(LatencyDistribution(*before).quantile(0.5), 1ms);
    base = std::chrono::round<std::chrono::milliseconds>(base);
    switch (kind) {
    case Uniform:
        return UniformLatency{std::chrono::floor<std::chrono::milliseconds>(base / 2),
                              base + base / 2};
    case Normal:
        return NormalLatency{base, std::chrono::ceil<std::chrono::milliseconds>(base / 5)};
    case Lognormal: {
        LognormalLatency model;
        model.median = base;
        model.p99 = 5 * base;
        return model;
    }
    case Samples:
        return SampledLatency{};
    default:
        return FixedLatency{base};
    }
}

} // namespace

LatencyBox::LatencyBox(QWidget *parent)
    : QWidget(parent)
    , m_mode(new QComboBox)
    , m_place(new QComboBox)
    , m_fixed(new MillisecondSpin(QStringLiteral("latencyFixedSpin"), tr("Fixed latency")))
    , m_min(new MillisecondSpin(QStringLiteral("latencyMinSpin"), tr("Shortest latency")))
    , m_max(new MillisecondSpin(QStringLiteral("latencyMaxSpin"), tr("Longest latency")))
    , m_mean(new MillisecondSpin(QStringLiteral("latencyMeanSpin"), tr("Mean latency")))
    , m_deviation(
          new MillisecondSpin(QStringLiteral("latencyDeviationSpin"), tr("Standard deviation")))
    , m_median(new MillisecondSpin(QStringLiteral("latencyMedianSpin"), tr("Median latency")))
    , m_p99(new MillisecondSpin(QStringLiteral("latencyP99Spin"), tr("99th percentile")))
    , m_cap(new MillisecondSpin(QStringLiteral("latencyCapSpin"), tr("Never longer than")))
    , m_samples(new SamplesField)
    , m_message(new QLabel)
    , m_preview(new LatencyPreview)
{
    m_mode->setObjectName(QStringLiteral("latencyModeCombo"));
    m_mode->setAccessibleName(tr("Latency"));
    m_mode->addItems(
        {tr("None"), tr("Fixed"), tr("Uniform"), tr("Normal"), tr("Log-normal"), tr("Samples")});
    m_place->setObjectName(QStringLiteral("latencyPlaceCombo"));
    m_place->setAccessibleName(tr("What waits"));
    m_place->setToolTip(tr("What waits: the answer, its body, or the first read of a connection.\n"
                           "● marks what has a latency."));
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_cap->setSpecialValueText(tr("no limit"));
    m_message->setObjectName(QStringLiteral("latencyMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto *first = new QWidget;
    auto *line = new FlowLayout(first);
    line->addWidget(m_mode);
    line->addWidget(m_place);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(first);
    layout->addWidget(makeFields());
    layout->addWidget(m_message);
    layout->addWidget(m_preview);
    m_preview->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 90);
    connectFields();
    showPlaces();
    refresh();
}

QWidget *LatencyBox::makeFields()
{
    auto *fields = new QWidget;
    auto *row = new FlowLayout(fields);
    const auto add = [&](const QString &text, QWidget *field, std::size_t model) {
        QWidget *both = captioned(text, field);
        row->addWidget(both);
        m_fields.emplace_back(both, model);
        m_fields.emplace_back(field, model);
    };
    add(tr("Waits"), m_fixed, Fixed);
    add(tr("From"), m_min, Uniform);
    add(tr("to"), m_max, Uniform);
    add(tr("Mean"), m_mean, Normal);
    add(tr("Deviation"), m_deviation, Normal);
    add(tr("Median"), m_median, Lognormal);
    add(tr("p99"), m_p99, Lognormal);
    add(tr("At most"), m_cap, Lognormal);
    row->addWidget(m_samples);
    m_fields.emplace_back(m_samples, Samples);
    return fields;
}

void LatencyBox::connectFields()
{
    connect(m_mode, &QComboBox::activated, this, &LatencyBox::changeMode);
    connect(m_place, &QComboBox::activated, this, &LatencyBox::refresh);
    const auto follow = [this](MillisecondSpin *spin, auto set) {
        connect(spin, &QSpinBox::valueChanged, this, [this, spin, set] {
            changeModel([&](LatencyModel &model) { set(model, spin->duration()); },
                        spin->objectName());
        });
    };
    follow(m_fixed, [](LatencyModel &m, Duration d) { std::get<FixedLatency>(m).value = d; });
    follow(m_min, [](LatencyModel &m, Duration d) { std::get<UniformLatency>(m).from = d; });
    follow(m_max, [](LatencyModel &m, Duration d) { std::get<UniformLatency>(m).to = d; });
    follow(m_mean, [](LatencyModel &m, Duration d) { std::get<NormalLatency>(m).mean = d; });
    follow(m_deviation,
           [](LatencyModel &m, Duration d) { std::get<NormalLatency>(m).deviation = d; });
    follow(m_median, [](LatencyModel &m, Duration d) { std::get<LognormalLatency>(m).median = d; });
    follow(m_p99, [](LatencyModel &m, Duration d) {
        std::get<LognormalLatency>(m).p99 = d;
        std::get<LognormalLatency>(m).sigma.reset();
    });
    follow(m_cap, [](LatencyModel &m, Duration d) {
        std::get<LognormalLatency>(m).max = d.count() > 0 ? std::optional(d) : std::nullopt;
    });
    connect(m_samples, &SamplesField::edited, this,
            [this](const SampledLatency &samples, const QString &field) {
                changeModel([&](LatencyModel &m) { m = samples; }, field);
            });
    connect(m_samples, &SamplesField::stateChanged, this, &LatencyBox::refresh);
    connect(m_preview, &LatencyPreview::markDragged, this,
            [this](LatencyPreview::Mark mark, Duration value) {
                changeModel([&](LatencyModel &m) { m = movedMark(m, mark, value); },
                            QStringLiteral("latencyMark"));
            });
}

std::optional<LatencyModel> &LatencyBox::slot(Latency &latency) const
{
    switch (m_place->currentData().toInt()) {
    case Connect:
        return latency.connect;
    case Body:
        return latency.body;
    default:
        return latency.head;
    }
}

const std::optional<LatencyModel> &LatencyBox::shown() const
{
    return slot(const_cast<Latency &>(m_latency));
}

void LatencyBox::setLatency(const Latency &latency, const QString &folder, bool isServer)
{
    m_folder = folder;
    const bool isOtherPlace = m_isServer != isServer || latency != m_latency;
    m_isServer = isServer;
    if (m_isRefused && latency == m_accepted)
        return; // what was asked for stays in the fields, with the reason
    m_isRefused = false;
    m_refusal.clear();
    m_accepted = latency;
    m_latency = latency;
    if (isOtherPlace)
        showPlaces();
    refresh();
}

void LatencyBox::setProblem(const QString &text)
{
    m_isRefused = !text.isEmpty();
    m_refusal = text;
    if (!m_isRefused)
        m_accepted = m_latency;
    refresh();
}

void LatencyBox::showPlaces()
{
    const int current = m_place->currentData().toInt();
    // A mark beside the places that have a latency.
    const auto text = [](const QString &name, const std::optional<LatencyModel> &model) {
        return model ? name + QStringLiteral(" ●") : name;
    };
    const QSignalBlocker quiet(m_place);
    m_place->clear();
    m_place->addItem(text(tr("before the answer"), m_latency.head), Head);
    m_place->addItem(text(tr("between head and body"), m_latency.body), Body);
    if (m_isServer || m_latency.connect)
        m_place->addItem(text(tr("on a new connection"), m_latency.connect), Connect);
    m_place->setCurrentIndex(std::max(0, m_place->findData(current)));
    // A latency that stands somewhere else is not to be overlooked.
    if (!shown() && !m_place->hasFocus()) {
        for (int i = 0; i < m_place->count(); ++i) {
            const QSignalBlocker still(m_place);
            const int before = m_place->currentIndex();
            m_place->setCurrentIndex(i);
            if (shown())
                break;
            m_place->setCurrentIndex(before);
        }
    }
}

void LatencyBox::changeModel(const std::function<void(LatencyModel &)> &change,
                             const QString &field)
{
    std::optional<LatencyModel> &model = slot(m_latency);
    if (!model)
        return;
    const LatencyModel before = *model;
    change(*model);
    if (*model == before)
        return;
    ask(field);
}

void LatencyBox::changeMode(int mode)
{
    std::optional<LatencyModel> &model = slot(m_latency);
    if (mode == (model ? static_cast<int>(model->index()) + 1 : 0))
        return;
    const int place = m_place->currentData().toInt();
    if (model)
        m_kept.keep({place, model->index()}, *model);
    if (mode == 0) {
        model.reset();
    } else {
        const auto kind = static_cast<std::size_t>(mode - 1);
        const auto kept = m_kept.last({place, kind});
        model = kept ? *kept : modelOf(kind, model);
    }
    ask(QStringLiteral("latencyModeCombo"));
}

void LatencyBox::ask(const QString &field)
{
    m_refusal.clear();
    // Without a file or durations there is nothing to draw from, and nothing that could be written.
    m_isRefused = shown() && *shown() == LatencyModel(SampledLatency{});
    refresh();
    if (!m_isRefused)
        Q_EMIT edited(m_latency, field);
}

void LatencyBox::refresh()
{
    const std::optional<LatencyModel> &model = shown();
    m_mode->setCurrentIndex(model ? static_cast<int>(model->index()) + 1 : 0);
    for (const auto &[field, index] : m_fields)
        field->setVisible(model && model->index() == index);
    showModel(model ? &*model : nullptr);
    const auto *sampled = model ? std::get_if<SampledLatency>(&*model) : nullptr;
    const QString text = !m_refusal.isEmpty() ? m_refusal
                         : sampled            ? m_samples->problem()
                                              : QString();
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_message->setProperty("state",
                           text.isEmpty() ? QStringLiteral("valid") : QStringLiteral("invalid"));
    const bool hasCurve = model && text.isEmpty()
                          && (!sampled || !sampled->values.empty() || m_samples->fileSamples());
    m_preview->setVisible(hasCurve);
    if (hasCurve)
        m_preview->setDistribution(LatencyDistribution(*model, m_samples->fileSamples()));
}

void LatencyBox::showModel(const LatencyModel *model)
{
    if (!model)
        return;
    if (const auto *fixed = std::get_if<FixedLatency>(model)) {
        m_fixed->showDuration(fixed->value);
    } else if (const auto *uniform = std::get_if<UniformLatency>(model)) {
        m_min->showDuration(uniform->from);
        m_max->showDuration(uniform->to);
    } else if (const auto *normal = std::get_if<NormalLatency>(model)) {
        m_mean->showDuration(normal->mean);
        m_deviation->showDuration(normal->deviation);
    } else if (const auto *lognormal = std::get_if<LognormalLatency>(model)) {
        m_median->showDuration(lognormal->median);
        m_p99->showDuration(lognormal->p99 ? *lognormal->p99
                                           : LatencyDistribution(*model).quantile(0.99));
        m_cap->showDuration(lognormal->max.value_or(Duration{}));
    } else if (const auto *samples = std::get_if<SampledLatency>(model)) {
        m_samples->show(*samples, m_folder);
    }
}

} // namespace understudy::ui
