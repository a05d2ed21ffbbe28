// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {Puppet} from "../../contracts/mocks/parties/Receivers.sol";
import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {Permit} from "../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";
import {
    ApprovalRaceToken,
    DecimalsToken,
    FlashMintToken,
    Uint96Token,
    WordNamesToken
} from "./zoo/Extremes.sol";

/// @notice Small, large and old tokens, odd approvals and permits, money out of nothing.
contract Token_Extremes is TokenBase {
    function test_WhenAmountsAreOf96Bits() public harmsNobody {
        _releasesInFull(_beginFor(new Uint96Token(), type(uint96).max));
    }

    function test_RevertWhen_ThePriceIsBeyond96Bits() public harmsNobody {
        Uint96Token token = new Uint96Token();
        uint256 price = uint256(type(uint96).max) + 1;
        token.mint(buyer, price);
        Terms memory terms = _terms(address(token));
        terms.price = price;
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSignature("NotAllowed(address,uint256,uint256)", address(escrow), 0, price));
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
        vm.expectRevert(abi.encodeWithSelector(Uint96Token.ExceedsUint96.selector, price));
        vm.prank(buyer);
        token.approve(address(escrow), price);
    }

    /// @dev The fee of the smallest price rounds to nothing: the seller gets all of it.
    function test_WhenTheTokenHasNoDecimals() public harmsNobody {
        DecimalsToken token = new DecimalsToken(0);
        _releasesInFull(_beginFor(token, 1));
        vm.assertEq(token.balanceOf(seller), 1, "one whole token");
    }

    function test_WhenTheTokenHas36Decimals() public harmsNobody {
        _releasesInFull(_beginFor(new DecimalsToken(36), 340e36));
    }

    function test_RevertWhen_ThePriceIsBeyond128Bits() public harmsNobody {
        Terms memory terms = _terms(address(new DecimalsToken(36)));
        terms.price = 341e36;
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.PriceOutOfRange.selector, 341e36, uint256(type(uint128).max))
        );
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
    }

    function test_WhenNamesAreWords() public harmsNobody {
        _releasesInFull(_begin(new WordNamesToken()));
    }

    /// @dev The escrow uses up what it is allowed and approves nothing itself, so the race guard never meets it.
    function test_WhenApprovalsMustBeReset() public harmsNobody {
        ApprovalRaceToken token = new ApprovalRaceToken();
        Terms memory terms = _begin(token);
        vm.assertEq(token.allowance(buyer, address(escrow)), 0, "used up to the unit");
        Terms memory next = _terms(address(token));
        next.salt = 2;
        token.mint(buyer, PRICE);
        _open(next);
        _releasesInFull(terms);
        _releasesInFull(next);
    }

    function test_WhenSomebodyElseUsesThePermitFirst() public harmsNobody {
        (Terms memory terms, Offer memory offer, bytes memory signature) = _offered(address(usd));
        Permit memory permit = _permit();
        vm.prank(stranger);
        usd.permit(buyer, address(escrow), PRICE, permit.deadline, permit.v, permit.r, permit.s);
        vm.prank(buyer);
        escrow.openWithPermit(offer, 0, signature, permit);
        _releasesInFull(terms);
    }

    /// @dev With money lent out of nothing a deal can be opened only if it also ends before the loan does.
    function test_WhenFlashMintedMoneyGoesThroughADeal() public harmsNobody {
        (FlashMintToken token, Puppet borrower, Terms memory terms, bytes[] memory calls) = _flash();
        Terms memory standing = _standingIn(token);
        bytes[] memory both = new bytes[](2);
        (both[0], both[1]) = (calls[0], abi.encodeCall(IEscrow.release, (terms)));
        vm.expectRevert(abi.encodeWithSelector(FlashMintToken.NotReturned.selector, 0, PRICE));
        token.flash(address(borrower), PRICE, address(escrow), calls);
        vm.expectRevert(abi.encodeWithSelector(FlashMintToken.NotReturned.selector, 0, PRICE));
        token.flash(address(borrower), PRICE, address(escrow), both);
        vm.assertEq(token.balanceOf(address(escrow)), PRICE, "only the standing deal's money is there");
        _releasesInFull(standing);
    }

    function _flash()
        private
        returns (FlashMintToken token, Puppet borrower, Terms memory terms, bytes[] memory calls)
    {
        token = new FlashMintToken();
        borrower = new Puppet(buyer);
        borrower.act(address(token), abi.encodeCall(BareToken.approve, (address(escrow), PRICE)));
        Offer memory offer;
        bytes memory signature;
        (terms, offer, signature) = _offered(address(token));
        calls = new bytes[](1);
        calls[0] = abi.encodeCall(IEscrow.open, (offer, 0, signature));
    }

    function _standingIn(BareToken token) private returns (Terms memory terms) {
        terms = _terms(address(token));
        terms.salt = 2;
        token.mint(buyer, PRICE);
        _open(terms);
    }

    function _beginFor(BareToken token, uint256 price) private returns (Terms memory terms) {
        terms = _terms(address(token));
        terms.price = price;
        token.mint(buyer, price);
        _open(terms);
    }

    function _permit() private view returns (Permit memory) {
        bytes32 digest = Digests.permit(
            usd.DOMAIN_SEPARATOR(), buyer, address(escrow), PRICE, usd.nonces(buyer), block.timestamp
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(BUYER_KEY, digest);
        return Permit(block.timestamp, v, r, s);
    }
}
