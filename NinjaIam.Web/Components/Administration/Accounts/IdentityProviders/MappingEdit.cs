using NinjaIam.Core.Accounts.Roles;

namespace NinjaIam.Web.Components.Administration.Accounts.IdentityProviders;

/// <summary>Mappings that are wanted and not saved. The page keeps them, so that a look at another tab loses nothing.</summary>
public sealed class MappingEdit
{
    private readonly List<NewMapping> _added = [];
    private readonly HashSet<int> _removed = [];

    public int Count => _added.Count + _removed.Count;

    public MappingChanges Changes => new([.. _added], [.. _removed.Order()]);

    public IEnumerable<NewMapping> AddedTo(Guid group) => _added.Where(mapping => mapping.GroupId == group);

    public IEnumerable<NewMapping> AddedValues => _added.Where(mapping => mapping.Attribute is not null);

    public bool IsRemoved(int mapping) => _removed.Contains(mapping);

    public void Add(NewMapping mapping)
    {
        if (!_added.Contains(mapping))
        {
            _added.Add(mapping);
        }
    }

    public void Withdraw(NewMapping mapping) => _added.Remove(mapping);

    public void Remove(int mapping) => _removed.Add(mapping);

    public void Keep(int mapping) => _removed.Remove(mapping);

    public void Forget()
    {
        _added.Clear();
        _removed.Clear();
    }
}
