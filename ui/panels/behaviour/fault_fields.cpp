// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/fault_fields.h"

#include "core/model/fault_catalogue.h"
#include "ui/document/behaviour_edits.h"
#include "ui/models/fault_parameters_model.h"
#include "ui/panels/behaviour/condition_fields.h"
#include "ui/services/text.h"
#include "ui/widgets/value_spins.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>

#include <cmath>

namespace understudy::ui {

namespace {

/// A combo box where there are variants, several lines for headers and bodies.
class ParameterDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        const QStringList choices = index.data(FaultParametersModel::ChoicesRole).toStringList();
        if (!choices.isEmpty()) {
            auto *combo = new QComboBox(parent);
            combo->addItems(choices);
            auto *self = const_cast<ParameterDelegate *>(this);
            connect(combo, &QComboBox::activated, self, [self, combo] {
                Q_EMIT self->commitData(combo);
                Q_EMIT self->closeEditor(combo);
            });
            QMetaObject::invokeMethod(combo, &QComboBox::showPopup, Qt::QueuedConnection);
            return combo;
        }
        if (index.data(FaultParametersModel::IsLongRole).toBool()) {
            auto *edit = new QPlainTextEdit(parent);
            edit->setTabChangesFocus(true);
            return edit;
        }
        return QStyledItemDelegate::createEditor(parent, option, index);
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        const QString text = index.data(Qt::EditRole).toString();
        if (auto *combo = qobject_cast<QComboBox *>(editor))
            combo->setCurrentText(text);
        else if (auto *edit = qobject_cast<QPlainTextEdit *>(editor))
            edit->setPlainText(text);
        else
            QStyledItemDelegate::setEditorData(editor, index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (auto *combo = qobject_cast<QComboBox *>(editor))
            model->setData(index, combo->currentText(), Qt::EditRole);
        else if (auto *edit = qobject_cast<QPlainTextEdit *>(editor))
            model->setData(index, edit->toPlainText(), Qt::EditRole);
        else
            QStyledItemDelegate::setModelData(editor, model, index);
    }

    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override
    {
        QStyledItemDelegate::updateEditorGeometry(editor, option, index);
        if (!qobject_cast<QPlainTextEdit *>(editor) || !editor->parentWidget())
            return;
        // Up to four lines, as far as the table has room for them.
        QRect rect = option.rect;
        rect.setHeight(option.fontMetrics.height() * 4 + 10);
        const int bottom = editor->parentWidget()->height();
        if (rect.bottom() >= bottom)
            rect.moveBottom(bottom - 1);
        editor->setGeometry(rect.intersected(editor->parentWidget()->rect()));
    }
};

QString placeText(FaultPlace place)
{
    switch (place) {
    case FaultPlace::Accept:
        return FaultFields::tr("when the connection is accepted");
    case FaultPlace::Request:
        return FaultFields::tr("while the request arrives");
    case FaultPlace::Head:
        return FaultFields::tr("before the answer's head");
    case FaultPlace::Body:
        return FaultFields::tr("in the answer's body");
    case FaultPlace::Handshake:
        return FaultFields::tr("in the TLS handshake");
    }
    return {};
}

} // namespace

FaultFields::FaultFields(QWidget *parent)
    : QWidget(parent)
    , m_form(new QFormLayout(this))
    , m_slider(new QSlider(Qt::Horizontal))
    , m_share(new PercentSpin(QStringLiteral("faultShareSpin"), tr("Share of requests")))
    , m_kind(new QComboBox)
    , m_sees(new QLabel)
    , m_status(new QSpinBox)
    , m_at(new QComboBox)
    , m_model(new FaultParametersModel(this))
    , m_parameters(new QTableView)
    , m_conditions(new ConditionFields)
    , m_message(new QLabel)
{
    m_slider->setObjectName(QStringLiteral("faultShareSlider"));
    m_slider->setAccessibleName(tr("Share of requests"));
    m_slider->setRange(0, 100);
    m_slider->setPageStep(10);
    m_sees->setObjectName(QStringLiteral("faultClientLabel"));
    m_sees->setProperty("role", QStringLiteral("muted"));
    m_sees->setWordWrap(true);
    m_status->setObjectName(QStringLiteral("faultStatusSpin"));
    m_status->setAccessibleName(tr("Status of the fault"));
    m_status->setRange(200, 999);
    m_at->setObjectName(QStringLiteral("faultAtCombo"));
    m_at->setAccessibleName(tr("Where it happens"));
    m_at->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_at->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 16);
    m_message->setObjectName(QStringLiteral("faultMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    buildKind();
    buildParameters();
    auto *share = new QHBoxLayout;
    m_slider->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 50);
    share->addWidget(m_slider, 1);
    share->addWidget(m_share);
    share->addStretch();
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(tr("Share"), share);
    m_form->addRow(tr("Kind"), m_kind);
    m_form->addRow(QString(), m_sees);
    m_form->addRow(QString(), m_message);
    for (QLabel *label : {m_sees, m_message})
        label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_form->addRow(tr("Status"), m_status);
    m_form->addRow(tr("Where"), m_at);
    m_form->addRow(tr("Parameters"), m_parameters);
    m_form->addRow(tr("Condition"), m_conditions);
    for (QWidget *field : {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_status),
                           static_cast<QWidget *>(m_at)})
        field->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connectFields();
}

void FaultFields::buildKind()
{
    m_kind->setObjectName(QStringLiteral("faultKindCombo"));
    m_kind->setAccessibleName(tr("Kind of fault"));
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_kind->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 20);
    m_kind->setMaxVisibleItems(32);
    auto *items = static_cast<QStandardItemModel *>(m_kind->model());
    for (const FaultGroup group : {FaultGroup::Answer, FaultGroup::Connection, FaultGroup::Body,
                                   FaultGroup::Protocol, FaultGroup::Tls}) {
        m_kind->addItem(toQString(faultGroupName(group)));
        QStandardItem *heading = items->item(m_kind->count() - 1);
        heading->setFlags(Qt::NoItemFlags);
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        heading->setFont(bold);
        for (const FaultKind kind : allFaultKinds()) {
            const FaultTraits &traits = faultTraits(kind);
            if (traits.group != group)
                continue;
            m_kind->addItem(QStringLiteral("%1 (%2)").arg(toQString(traits.title),
                                                          toQString(faultKindName(kind))),
                            static_cast<int>(kind));
            m_kind->setItemData(m_kind->count() - 1, toQString(traits.clientSees), Qt::ToolTipRole);
        }
    }
}

void FaultFields::buildParameters()
{
    m_parameters->setObjectName(QStringLiteral("faultParametersTable"));
    m_parameters->setAccessibleName(tr("Parameters of the fault"));
    m_parameters->setModel(m_model);
    m_parameters->setItemDelegate(new ParameterDelegate(m_parameters));
    m_parameters->setEditTriggers(
        QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked
        | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed
        | QAbstractItemView::CurrentChanged);
    m_parameters->setTabKeyNavigation(false);
    m_parameters->setWordWrap(false);
    m_parameters->verticalHeader()->hide();
    m_parameters->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 11);
    m_parameters->horizontalHeader()->hide();
    m_parameters->horizontalHeader()->setStretchLastSection(true);
    m_parameters->horizontalHeader()->resizeSection(FaultParametersModel::NameColumn,
                                                    fontMetrics().horizontalAdvance('x') * 26);
    m_parameters->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_parameters->setMaximumWidth(fontMetrics().horizontalAdvance('x') * 80);
}

void FaultFields::connectFields()
{
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { changeShare(value); });
    connect(m_share, &QDoubleSpinBox::valueChanged, this, &FaultFields::changeShare);
    connect(m_kind, &QComboBox::activated, this, &FaultFields::changeKind);
    connect(m_status, &QSpinBox::valueChanged, this, [this](int status) {
        m_fault.status = status;
        ask(m_status->objectName());
    });
    connect(m_at, &QComboBox::activated, this, [this] {
        const auto place = static_cast<FaultPlace>(m_at->currentData().toInt());
        if (faultPlace(m_fault) == place)
            return;
        if (const auto before = faultPlace(m_fault))
            m_keptPlaces.keep(*before, m_fault);
        m_fault.at = place;
        // An offset is one in the body.
        const auto kept = m_keptPlaces.last(place);
        m_fault.offset = place == FaultPlace::Body && kept ? kept->offset : std::nullopt;
        ask({});
    });
    connect(m_model, &FaultParametersModel::edited, this, [this](const Fault &fault) {
        m_fault = fault;
        ask({});
    });
    connect(m_model, &FaultParametersModel::refused, this, &FaultFields::setProblem);
    connect(m_conditions, &ConditionFields::edited, this,
            [this](const Fault &fault, const QString &field) {
                m_fault = fault;
                ask(field);
            });
    connect(m_conditions, &ConditionFields::refused, this, &FaultFields::setProblem);
}

void FaultFields::changeKind()
{
    const QVariant chosen = m_kind->currentData();
    if (!chosen.isValid() || static_cast<FaultKind>(chosen.toInt()) == m_fault.kind)
        return;
    const auto kind = static_cast<FaultKind>(chosen.toInt());
    m_kept.keep(m_fault.kind, m_fault);
    if (auto kept = m_kept.last(kind)) {
        copyConditions(*kept, m_fault);
        m_fault = *std::move(kept);
    } else {
        m_fault = faultOfKind(kind, m_fault);
    }
    ask({});
}

void FaultFields::changeShare(double percent)
{
    m_fault.rate = percent >= 100 ? std::nullopt : std::optional(percent / 100);
    ask(QStringLiteral("faultShare"));
}

void FaultFields::ask(const QString &field)
{
    setProblem({});
    refresh(false);
    Q_EMIT edited(m_fault, field);
}

void FaultFields::setObject(const QString &object)
{
    m_kept.setObject(object);
    m_keptPlaces.setObject(object);
    m_conditions->setObject(object);
}

void FaultFields::swapObjects(const QString &a, const QString &b)
{
    m_kept.swap(a, b);
    m_keptPlaces.swap(a, b);
    m_conditions->swapObjects(a, b);
}

void FaultFields::forgetObject(const QString &object)
{
    m_kept.forget(object);
    m_keptPlaces.forget(object);
    m_conditions->forgetObject(object);
}

void FaultFields::setFault(const Fault &fault, bool isOther)
{
    if (fault == m_fault && !isOther)
        return;
    m_fault = fault;
    refresh(isOther);
}

void FaultFields::refresh(bool isOther)
{
    const FaultTraits &traits = faultTraits(m_fault.kind);
    const double percent = m_fault.rate.value_or(1) * 100;
    const QSignalBlocker quiet1(m_slider);
    const QSignalBlocker quiet2(m_share);
    const QSignalBlocker quiet3(m_status);
    m_slider->setValue(static_cast<int>(std::lround(percent)));
    if (std::abs(m_share->value() - percent) > 1e-6)
        m_share->setValue(percent);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(m_fault.kind)));
    m_sees->setText(tr("A client sees: %1").arg(toQString(traits.clientSees)));
    const bool hasStatus = m_fault.kind == FaultKind::Status;
    m_form->labelForField(m_status)->setVisible(hasStatus);
    m_status->setVisible(hasStatus);
    if (hasStatus && m_status->value() != m_fault.status.value_or(500))
        m_status->setValue(m_fault.status.value_or(500));
    m_at->clear();
    for (const FaultPlace place : traits.places)
        m_at->addItem(placeText(place), static_cast<int>(place));
    if (const auto place = faultPlace(m_fault))
        m_at->setCurrentIndex(m_at->findData(static_cast<int>(*place)));
    m_form->labelForField(m_at)->setVisible(m_at->count() > 1);
    m_at->setVisible(m_at->count() > 1);
    m_model->setFault(m_fault);
    const bool hasParameters = m_model->rowCount() > 0;
    m_form->labelForField(m_parameters)->setVisible(hasParameters);
    m_parameters->setVisible(hasParameters);
    m_parameters->setFixedHeight(m_model->rowCount()
                                     * m_parameters->verticalHeader()->defaultSectionSize()
                                 + 2 * m_parameters->frameWidth());
    m_conditions->setFault(m_fault, isOther);
}

void FaultFields::setProblem(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_message->setProperty("state",
                           text.isEmpty() ? QStringLiteral("valid") : QStringLiteral("invalid"));
}

void FaultFields::focusKind() { m_kind->setFocus(); }

} // namespace understudy::ui
