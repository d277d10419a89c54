using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NinjaIam.Core.Accounts;
using NinjaIam.Core.Accounts.Roles;
using NinjaIam.Core.IdentityProviders;
using NinjaIam.Core.IdentityProviders.Metadata;

namespace NinjaIam.Web.Commands;

/// <summary>What a demonstration consists of. All names are made up; the domains are reserved for examples.</summary>
internal static class DemonstrationContent
{
    private const int FirstOrganization = 1;

    public static readonly IReadOnlyList<OrganizationInput> Organizations =
    [
        new() { Name = "Contoso", Description = "Headquarters and shared services" },
        new() { Name = "Fabrikam", Description = "Manufacturing" },
        new() { Name = "Northwind", Description = "Trade and logistics" },
    ];

    /// <summary>The provider whose base URL and token are printed.</summary>
    public static readonly ProviderInput Main = new()
    {
        Vendor = Vendor.MicrosoftEntraId,
        DisplayName = "Contoso",
        Domains = ["contoso.example"],
        AllOrganizations = true,
        MayCreateTechnicians = true,
    };

    public static readonly IReadOnlyList<ProviderInput> Providers =
    [
        Main,
        new()
        {
            Vendor = Vendor.Okta,
            DisplayName = "Fabrikam",
            Domains = ["fabrikam.example"],
            OrganizationIds = [FirstOrganization + 1],
            DefaultOrganizationId = FirstOrganization + 1,
        },
    ];

    /// <summary>Roles, and for some of them the group that gives them.</summary>
    public static readonly IReadOnlyList<(AccountKind Kind, RoleInput Input, string? Group)> Roles =
    [
        (
            AccountKind.Technician,
            new()
            {
                Name = "Help desk",
                Description = "First line of support",
                Permissions =
                [
                    new(PermissionKind.ViewOrganizations, true, []),
                    new(PermissionKind.ViewUsers, true, []),
                    new(PermissionKind.EditUsers, true, []),
                    new(PermissionKind.BlockSignIn, true, []),
                    new(PermissionKind.ViewGroups, true, []),
                ],
            },
            "Helpdesk"
        ),
        (
            AccountKind.Technician,
            new()
            {
                Name = "Auditor",
                Description = "Reads what happened",
                Permissions =
                [
                    new(PermissionKind.ViewUsers, true, []),
                    new(PermissionKind.ViewActivities, true, []),
                    new(PermissionKind.Export, true, []),
                ],
            },
            null
        ),
        (
            AccountKind.EndUser,
            new()
            {
                Name = "Employee",
                Permissions = [new(PermissionKind.OwnProfile, true, []), new(PermissionKind.ViewOwnOrganizations, true, [])],
            },
            "Everyone"
        ),
    ];

    /// <summary>The only provider of a bare demonstration: everything is allowed to it.</summary>
    public static readonly ProviderInput Bare = Main with
    {
        DisplayName = "Example",
        Domains = ["example.com"],
        DefaultOrganizationId = FirstOrganization,
    };

    /// <summary>Metadata as the provider's vendor would give it, with a certificate of its own.</summary>
    public static ImportedMetadata MetadataOf(ProviderInput input, DateTimeOffset now)
    {
        var host = $"sso.{input.Domains[0]}";
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));
        return new ImportedMetadata(
            $"https://{host}/saml/metadata",
            $"https://{host}/saml/sign-in",
            SignInBinding.HttpRedirect,
            WantsSignedRequests: false,
            [certificate.RawData],
            Url: null
        );
    }
}
