// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour_panel.h"

#include "ui/services/text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

enum Mode { None, Fixed, Kept };

std::optional<Duration> fixedOf(const Behaviour &behaviour)
{
    if (!behaviour.latency.head)
        return std::nullopt;
    const auto *fixed = std::get_if<FixedLatency>(&*behaviour.latency.head);
    return fixed ? std::optional(fixed->value) : std::nullopt;
}

QString modelName(const LatencyModel &model)
{
    static const QStringList names{BehaviourPanel::tr("fixed"), BehaviourPanel::tr("uniform"),
                                   BehaviourPanel::tr("normal"), BehaviourPanel::tr("log-normal"),
                                   BehaviourPanel::tr("samples")};
    return names.value(static_cast<int>(model.index()));
}

/// What the file states and this version does not carry out yet.
QStringList keptParts(const Behaviour &behaviour)
{
    QStringList parts;
    if (behaviour.latency.head && !fixedOf(behaviour))
        parts << BehaviourPanel::tr("%1 latency").arg(modelName(*behaviour.latency.head));
    if (behaviour.latency.connect)
        parts << BehaviourPanel::tr("latency of the connection");
    if (behaviour.latency.body)
        parts << BehaviourPanel::tr("latency of the body");
    if (behaviour.throttle)
        parts << BehaviourPanel::tr("throttle");
    for (const Fault &fault : behaviour.faults)
        parts << BehaviourPanel::tr("fault “%1”").arg(toQString(faultKindName(fault.kind)));
    return parts;
}

QString partText(const Behaviour &behaviour, const QString &where)
{
    const auto fixed = fixedOf(behaviour);
    return fixed ? toQString(formatDuration(*fixed)) + ' ' + where : QString();
}

/// The behaviours of the folders around an endpoint.
void collectFolders(const std::vector<Item> &items, const std::string &id, QStringList &parts,
                    bool &isFound)
{
    for (const Item &item : items) {
        if (const Endpoint *endpoint = item.endpoint()) {
            if (endpoint->id == id) {
                isFound = true;
                return;
            }
        } else {
            collectFolders(item.folder()->items, id, parts, isFound);
            if (isFound) {
                if (const QString part
                    = partText(item.folder()->behaviour,
                               BehaviourPanel::tr("folder %1").arg(toQString(item.folder()->name)));
                    !part.isEmpty())
                    parts << part;
                return;
            }
        }
    }
}

} // namespace

void setFixedLatency(Behaviour &behaviour, const std::optional<FixedLatency> &latency)
{
    if (latency)
        behaviour.latency.head = *latency;
    else
        behaviour.latency.head.reset();
}

BehaviourPanel::BehaviourPanel(QWidget *parent)
    : QWidget(parent)
    , m_mode(new QComboBox)
    , m_fixed(new QSpinBox)
    , m_source(new QLabel)
    , m_kept(new QLabel)
{
    setObjectName(QStringLiteral("behaviourPanel"));
    m_mode->setObjectName(QStringLiteral("latencyModeCombo"));
    m_mode->setAccessibleName(tr("Latency"));
    m_mode->addItems({tr("None"), tr("Fixed")});
    m_fixed->setObjectName(QStringLiteral("latencyFixedSpin"));
    m_fixed->setAccessibleName(tr("Fixed latency"));
    m_fixed->setRange(0, 3'600'000);
    m_fixed->setSuffix(tr(" ms"));
    m_fixed->setSingleStep(10);
    m_source->setObjectName(QStringLiteral("behaviourSourceLabel"));
    m_source->setForegroundRole(QPalette::PlaceholderText);
    m_kept->setObjectName(QStringLiteral("behaviourKeptLabel"));
    m_kept->setWordWrap(true);
    m_kept->setProperty("role", QStringLiteral("warning"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_mode);
    row->addWidget(m_fixed);
    row->addStretch();
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Latency"), row);
    form->addRow(QString(), m_source);
    form->addRow(QString(), m_kept);
    connect(m_mode, &QComboBox::activated, this, &BehaviourPanel::emitChange);
    connect(m_fixed, &QSpinBox::valueChanged, this, &BehaviourPanel::emitChange);
}

void BehaviourPanel::setBehaviour(const Behaviour &behaviour, const QString &source)
{
    const QSignalBlocker quietMode(m_mode);
    const QSignalBlocker quietFixed(m_fixed);
    const auto fixed = fixedOf(behaviour);
    while (m_mode->count() > 2)
        m_mode->removeItem(2);
    int mode = None;
    if (fixed) {
        mode = Fixed;
        const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(*fixed).count();
        if (m_fixed->value() != ms)
            m_fixed->setValue(static_cast<int>(ms));
    } else if (behaviour.latency.head) {
        m_mode->addItem(tr("%1 (kept)").arg(modelName(*behaviour.latency.head)));
        mode = Kept;
    }
    m_mode->setCurrentIndex(mode);
    m_fixed->setVisible(mode == Fixed);
    m_source->setText(source);
    m_source->setVisible(!source.isEmpty());
    const QStringList kept = keptParts(behaviour);
    m_kept->setText(
        tr("Kept in the file, has no effect yet: %1").arg(kept.join(QStringLiteral(", "))));
    m_kept->setVisible(!kept.isEmpty());
}

void BehaviourPanel::emitChange()
{
    switch (m_mode->currentIndex()) {
    case None:
        Q_EMIT latencyChanged(std::nullopt);
        break;
    case Fixed:
        m_fixed->setVisible(true);
        Q_EMIT latencyChanged(FixedLatency{std::chrono::milliseconds(m_fixed->value())});
        break;
    default:
        break;
    }
}

BehaviourTab::BehaviourTab(QWidget *parent)
    : ResponseTab(parent)
    , m_scope(new QComboBox)
    , m_panel(new BehaviourPanel)
{
    setObjectName(QStringLiteral("behaviourTab"));
    m_scope->setObjectName(QStringLiteral("behaviourScopeCombo"));
    m_scope->setAccessibleName(tr("Scope"));
    m_scope->addItems({tr("This response"), tr("This endpoint")});
    auto *form = new QFormLayout;
    form->addRow(tr("For"), m_scope);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addLayout(form);
    layout->addWidget(m_panel);
    layout->addStretch();
    connect(m_scope, &QComboBox::activated, this, &BehaviourTab::refresh);
    connect(m_panel, &BehaviourPanel::latencyChanged, this,
            [this](const std::optional<FixedLatency> &latency) {
                if (m_scope->currentIndex() == 0)
                    Q_EMIT changeRequested(
                        tr("Latency"),
                        [latency](Response &r) { setFixedLatency(r.behaviour, latency); },
                        QStringLiteral("latency"));
                else
                    Q_EMIT endpointChangeRequested(
                        tr("Latency"),
                        [latency](Endpoint &e) { setFixedLatency(e.behaviour, latency); },
                        QStringLiteral("latency"));
            });
}

void BehaviourTab::showResponse(const ResponseView &view)
{
    m_response = view.response.behaviour;
    m_endpoint = view.endpoint.behaviour;
    QStringList parts;
    const auto add = [&parts](const QString &part) {
        if (!part.isEmpty())
            parts << part;
    };
    add(partText(m_response, tr("response")));
    add(partText(m_endpoint, tr("endpoint")));
    bool isFound = false;
    collectFolders(view.server.items, view.endpoint.id, parts, isFound);
    add(partText(view.server.behaviour, tr("server")));
    m_hasAny = !parts.isEmpty();
    m_sourceText = parts.isEmpty() ? tr("Answers at once")
                                   : tr("In effect: %1").arg(parts.join(QStringLiteral(" + ")));
    refresh();
}

void BehaviourTab::refresh()
{
    m_panel->setBehaviour(m_scope->currentIndex() == 0 ? m_response : m_endpoint, m_sourceText);
}

QString BehaviourTab::title() const { return m_hasAny ? tr("Behaviour (on)") : tr("Behaviour"); }

} // namespace understudy::ui
