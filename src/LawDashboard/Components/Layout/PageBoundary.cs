using LawDashboard.Components.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace LawDashboard.Components.Layout;

/// <summary>The one boundary around every page: the shell stays, the page is replaced by its failure with a reference number.</summary>
public sealed class PageBoundary(ILogger<PageBoundary> logger, TimeProvider clock, NavigationManager navigation) : ErrorBoundaryBase
{
    string reference = "";

    protected override Task OnErrorAsync(Exception exception)
    {
        reference = FailureReference.New(clock);
        logger.LogError(exception, "Failure {Reference} on {Address}", reference, navigation.ToBaseRelativePath(navigation.Uri).Split('?')[0]);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        builder.OpenComponent<Failure>(1);
        builder.AddAttribute(2, nameof(Failure.Reference), reference);
        builder.AddAttribute(3, nameof(Failure.ChildContent), (RenderFragment)(actions =>
        {
            actions.OpenElement(0, "button");
            actions.AddAttribute(1, "type", "button");
            actions.AddAttribute(2, "class", "btn btn-primary");
            actions.AddAttribute(3, "onclick", EventCallback.Factory.Create(this, Recover));
            actions.AddContent(4, "重试");
            actions.CloseElement();
        }));
        builder.CloseComponent();
    }
}
