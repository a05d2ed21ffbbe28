// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";
import {vm} from "../support/Vm.sol";

/// @notice Deals in a token of the zoo.
abstract contract TokenBase is Base {
    uint256 internal constant PRICE = USD_PRICE;

    /// @dev Gives the buyer the price and its allowance, and makes the terms and a signed offer.
    function _prepare(BareToken token) internal returns (Terms memory terms, Offer memory offer, bytes memory sig) {
        token.mint(buyer, PRICE);
        vm.prank(buyer);
        token.approve(address(escrow), PRICE);
        terms = _terms(address(token));
        offer = _offerOf(terms);
        sig = _signOffer(offer);
    }

    function _begin(BareToken token) internal returns (Terms memory terms) {
        (Terms memory t, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
        return t;
    }

    function _beginRefused(BareToken token, bytes memory refusal) internal {
        (, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
    }

    function _dispute(Terms memory terms) internal {
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    function _withdraws(address token, address who, uint256 amount) internal {
        uint256 had = _balance(token, who);
        vm.prank(who);
        escrow.withdraw(token, who);
        vm.assertEq(_balance(token, who) - had, amount, "withdrawn");
        vm.assertEq(escrow.creditOf(token, who), 0, "credit left");
    }
}
