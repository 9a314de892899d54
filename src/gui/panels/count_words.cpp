#include "gui/panels/count_words.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/resources_desk.hpp"

namespace tocsin::gui {

QString CountWords::old(const UiContext& ui, const model::Resource& resource) {
    if (!resource.countedAt)
        return {};
    const base::Duration limit = ui.countLimit ? ui.countLimit(resource.kind) : ResourcesDesk::Limits{}.count;
    const base::Duration since = ui.desk.now() - *resource.countedAt;
    return since > limit ? tr("counted %1 ago").arg(Words::age(since)) : QString();
}

} // namespace tocsin::gui
